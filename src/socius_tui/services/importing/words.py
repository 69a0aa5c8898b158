"""The words that stand for the codes of the file, in lists that people make."""

from __future__ import annotations

from typing import Final

SIZE: Final = {
    "small": ("klein", "small", "k", "s"),
    "medium": ("middel", "middelgroot", "medium", "m"),
    "large": ("groot", "large", "g", "l"),
}
PARTICIPATION: Final = {
    "reached": ("bereikt", "reached", "ja", "yes", "x"),
    "not_reached": ("niet bereikt", "not reached", "nee", "neen", "no"),
}
FUNCTION: Final = {
    "coordinator": ("coördinator", "coordinator", "directeur", "director", "leiding"),
    "agogic": ("agogisch", "agogic", "agogisch medewerker", "educatief medewerker", "educational"),
    "board": ("bestuur", "board", "voorzitter", "bestuurder", "chair"),
}
VISIT_STATUS: Final = {
    "done": ("gedaan", "done", "afgelegd", "gebeurd", "ja", "yes"),
    "planned": ("gepland", "planned"),
    "cancelled": ("geannuleerd", "cancelled", "canceled", "afgelast"),
}
MODE: Final = {
    "on_site": ("ter plaatse", "on site", "bezoek", "plaatsbezoek", "fysiek"),
    "online": ("online", "digitaal", "teams", "zoom"),
    "phone": ("telefonisch", "telefoon", "phone", "call"),
}
FORM: Final = {
    "value": ("waarde", "value"),
    "ratio": ("verhouding", "ratio"),
    "not_applicable": ("niet van toepassing", "not applicable", "nvt", "n.v.t.", "n/a"),
    "text": ("tekst", "text"),
}
LEVEL: Final = {
    "plan": (),
    "strategic": ("strategisch doel", "strategisch", "sd"),
    "operational": ("operationeel doel", "operationeel", "od"),
    "basic_task": ("basisopdracht", "basistaak", "bo"),
    "objective": ("objectief",),
    "action": ("actie",),
    "indicator": (),
    "target": ("streefwaarde",),
}

#: How the plan and its readers write the work types besides their code and name.
WORK_TYPES: Final = {
    "vormingplus": "vormingplus-centra",
    "vormingsplus": "vormingplus-centra",
    "vormingsplus-centra": "vormingplus-centra",
    "vormingspluscentra": "vormingplus-centra",
    "vormingpluscentra": "vormingplus-centra",
    "landelijke vormingsinstellingen": "vormingsinstellingen",
    "instellingen": "vormingsinstellingen",
    "vormingsinstelling": "vormingsinstellingen",
    "vereniging": "verenigingen",
    "beweging": "bewegingen",
}
