"""From a file to a list that can be imported: what it is, and which column is which field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.errors import NotFound
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tabular.source import Hints, Source, open_source
from socius_tui.services.importing.assignments import TakeAssignments
from socius_tui.services.importing.contacts import TakeContacts
from socius_tui.services.importing.mapping import Columns, check_columns, propose
from socius_tui.services.importing.measurements import TakeMeasurements
from socius_tui.services.importing.organisations import TakeOrganisations
from socius_tui.services.importing.planlist import plan_source
from socius_tui.services.importing.plans import TakePlan
from socius_tui.services.importing.taking import Choices, Taker
from socius_tui.services.importing.visits import TakeVisits
from socius_tui.services.session import Session
from socius_tui.store.mappings import Mapping as Kept
from socius_tui.store.mappings import mapping, mappings

#: The kinds of list, with what takes their rows.
KINDS: Final[Mapping[str, type[Taker]]] = {
    "organisations": TakeOrganisations,
    "contacts": TakeContacts,
    "measurements": TakeMeasurements,
    "visits": TakeVisits,
    "assignments": TakeAssignments,
    "plan": TakePlan,
}
WORDS: Final = {
    "organisations": N_("organisations"),
    "contacts": N_("contacts"),
    "measurements": N_("measurements"),
    "visits": N_("visits"),
    "assignments": N_("assignments"),
    "plan": N_("goals and indicators"),
}


class Listed(NamedTuple):
    """A list that can be imported; `given` is what was said of its columns."""

    kind: str
    source: Source
    columns: Columns
    choices: Choices
    given: Mapping[str, str]

    @property
    def taker(self) -> type[Taker]:
        """What takes its rows."""
        return KINDS[self.kind]


def prepare(
    session: Session,
    kind: str,
    path: Path,
    *,
    hints: Hints = Hints(),  # noqa: B008 (never changes)
    given: Mapping[str, str] | None = None,
    named: str = "",
    choices: Choices = Choices(),  # noqa: B008
) -> Listed:
    """Open a list and understand its columns.

    Raises BadFile when a field that is needed has no column, and what `opened_list` raises.
    """
    listed = opened_list(
        session, kind, path, hints=hints, given=given, named=named, choices=choices
    )
    check_columns(listed.columns, KINDS[kind].FIELDS, listed.source.file)
    return listed


def opened_list(
    session: Session,
    kind: str,
    path: Path,
    *,
    hints: Hints = Hints(),  # noqa: B008
    given: Mapping[str, str] | None = None,
    named: str = "",
    choices: Choices = Choices(),  # noqa: B008
) -> Listed:
    """Open a list and understand its columns as well as it goes.

    `given` says of headers which field they are ("" is none), over what the mapping `named` says.
    Raises FileProblem and BadFile for the file, InvalidInput for what was said of its columns,
    NotFound for a mapping.
    """
    kept = kept_mapping(session, kind, named) if named else None
    if kept is not None:
        hints = hints._replace(
            decimals=hints.decimals or kept.decimals, days=hints.days or kept.days
        )
    toml = kind == "plan" and path.suffix.casefold() == ".toml"
    source = plan_source(path) if toml else open_source(path, hints)
    known = kept.columns if kept else {}
    there = {header: field for header, field in known.items() if header in source.header}
    said = {**there, **(given or {})}
    fields = KINDS[kind].FIELDS
    columns = propose(source.header, fields, said)
    return Listed(kind, source, columns, choices, said)


def kept_mapping(session: Session, kind: str, name: str) -> Kept:
    """How lists with this name are read. Raises NotFound."""
    found = session.read(lambda connection: mapping(connection, kind, name))
    if found is None:
        known = [m.name for m in kept_mappings(session) if m.kind == kind]
        raise NotFound(
            _("There is no mapping “{name}” for this kind of list.").format(name=name),
            hint=_("Known are: {names}.").format(names=", ".join(known))
            if known
            else _("Keep one with --save-mapping NAME."),
        )
    return found


def kept_mappings(session: Session) -> list[Kept]:
    """All ways to read a list that were kept, by kind and name."""
    return session.read(mappings)


Progress = Callable[[int], None]
