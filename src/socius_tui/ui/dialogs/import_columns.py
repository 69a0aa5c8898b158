"""The form that says how a list is read: which column is which field, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from textual.widget import Widget

from socius_tui.domain.text import clean
from socius_tui.errors import InvalidInput
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tabular.source import Hints, SourceRow
from socius_tui.services.importing.fields import is_empty
from socius_tui.services.importing.mapping import missing_fields
from socius_tui.services.importing.preparing import KINDS, Listed, opened_list
from socius_tui.services.importing.remembering import mapping_of
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.host import host
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

_EXAMPLES: Final = 20  # rows in which an example of each column is looked for
DELIMITERS: Final = {
    "": N_("find out"), ";": N_("semicolons"), ",": N_("commas"), "\t": N_("tabs"),
}  # fmt: skip
ENCODINGS: Final = {
    "": N_("find out"), "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252",
}  # fmt: skip


class Read(NamedTuple):
    """How a list is to be read."""

    given: Mapping[str, str]
    hints: Hints


class ColumnsForm(FormDialog[Read]):
    """A line for each column of the header, with an example of what is in it."""

    DEFAULT_CSS = """
    ColumnsForm FormField {
        & .label { width: 22; }
        &.-told .message { color: $quiet; }
    }
    """

    def __init__(self, listed: Listed, hints: Hints, name: str = "", why: str = "") -> None:
        super().__init__()
        self._listed, self._hints, self._named, self._why = listed, hints, name, why
        source, found = listed.source, listed.source.found
        self._columns = [ChoiceField(placeholder=_("left out")) for _header in source.header]
        self.sheet = ChoiceField()
        self.encoding = OptionRow(options(ENCODINGS), hints.encoding or "")
        self.delimiter = OptionRow(options(DELIMITERS), hints.delimiter or "")
        self.decimals = OptionRow(_codes("comma", "point"), found.decimals or "")
        self.days = OptionRow(_codes("day_first", "month_first"), found.days or "")
        self.keep_as = TextField(name, limit=120)

    def title_text(self) -> str:
        """Which list."""
        return _("How {file} is read").format(file=clean(self._listed.source.file, limit=80))

    def save_text(self) -> str:
        """Then it is looked at again."""
        return _("Look again")

    def body(self) -> Iterable[Widget]:
        """Columns first, then how the file is written."""
        source = self._listed.source
        for place, (header, control) in enumerate(zip(source.header, self._columns, strict=True)):
            yield FormField(_column(place), header or _("(no name)"), control)
        if len(source.sheets) > 1:
            yield FormField("sheet", _("Sheet"), self.sheet)
        if source.form == "csv":
            yield FormField("encoding", _("Letters"), self.encoding)
            yield FormField("delimiter", _("Between cells"), self.delimiter)
        yield FormField("decimals", _("Numbers"), self.decimals)
        yield FormField("days", _("Dates"), self.days)
        yield FormField("name", _("Keep this as"), self.keep_as)

    async def load(self, view: View) -> None:
        """What the columns can be, what they are now, and an example of what is in them."""
        del view
        if self._why:
            self.context((text.prose(self._why),))
        listed = self._listed
        fields = [
            Named(field.name, "", _(field.heading) + (" *" if field.required else ""))
            for field in KINDS[listed.kind].FIELDS
            if field.told
        ]
        finder = NamedFinder(fields, _("field"))
        examples = await self.ask(_examples, listed)
        for place, control in enumerate(self._columns):
            control.set_finder(finder)
            self.prefill(_column(place), partial(control.fill, listed.columns.fields[place]))
            if examples[place] and (row := self.field(_column(place))) is not None:
                row.tell(examples[place])
        sheets = [Named(name, "", name) for name in listed.source.sheets]
        self.sheet.set_finder(NamedFinder(sheets, _("sheet")))
        self.prefill("sheet", lambda: self.sheet.fill(listed.source.sheet))

    async def submit(self) -> Read:
        """Read it so, and keep that if it has a name."""
        hints, given = self._chosen_hints(), self._chosen_columns()
        listed = await self.ask(
            opened_list,
            self._listed.kind,
            self._listed.source.path,
            hints=hints,
            given=given,
            named=self._named,
        )
        name = self.keep_as.value.strip()
        if given and (missing := missing_fields(listed.columns, KINDS[listed.kind].FIELDS)):
            raise InvalidInput(
                _("No column of this list is: {fields}. Say which one it is.").format(
                    fields=", ".join(_(field.heading) for field in missing)
                )
            )
        if name:
            await host(self).write(mapping_of(listed, name))
        return Read(given, hints)

    def _chosen_hints(self) -> Hints:
        """What is said of the file: only what differs from what was found in it."""
        source, found, old = self._listed.source, self._listed.source.found, self._hints
        sheet = self.sheet.value if self.sheet.value not in (None, source.sheet) else old.sheet
        decimals = self.decimals.value or None
        days = self.days.value or None
        return Hints(
            sheet,
            self.encoding.value or None,
            self.delimiter.value or None,
            decimals if decimals != found.decimals else old.decimals,  # type: ignore[arg-type]
            days if days != found.days else old.days,  # type: ignore[arg-type]
        )

    def _chosen_columns(self) -> dict[str, str]:
        """The field of each header; nothing when the list gets another header."""
        new, old = self._chosen_hints(), self._hints
        if new[:3] != old[:3]:
            return {}
        given: dict[str, str] = {}
        taken: dict[str, int] = {}
        for place, control in enumerate(self._columns):
            field = control.value or ""
            if field and field in taken:
                raise InvalidInput(
                    _("Another column is that already."),
                    field=_column(place),
                    hint=_("Leave one of them out."),
                )
            taken.setdefault(field, place)
            if header := self._listed.source.header[place]:
                given.setdefault(header, field)
        return given


def _column(place: int) -> str:
    return f"column_{place}"


def options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes with their words, to choose one of."""
    return [(code, _(msgid)) for code, msgid in words.items()]


def _codes(*codes: str) -> list[tuple[str, str]]:
    return [("", _("find out")), *((code, word(code)) for code in codes)]


def _examples(session: Session, listed: Listed) -> list[str]:
    """For each column the first cell that holds something; on the thread of the session."""
    del session
    found = [""] * len(listed.source.header)
    for row in islice(listed.source.rows(), _EXAMPLES):
        if isinstance(row, SourceRow):
            for place, cell in enumerate(row.cells):
                if not found[place] and not is_empty(cell):
                    found[place] = clean(str(cell), limit=60)
        if all(found):
            break
    return found
