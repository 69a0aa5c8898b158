"""The form that writes what is on the screen to a file, for other programs and other people."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widget import Widget

from socius_tui.errors import FileProblem, InvalidInput
from socius_tui.i18n import _
from socius_tui.services.exchange.targets import (
    ENDINGS,
    NAMES,
    ONE_FORM,
    Target,
    file_name,
    write_target,
)
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.host import host
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.form_field import Edited, FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

#: What a screen shows, by its name.
_ON_SCREEN = {
    "overview": "status",
    "goals": "status",
    "visits": "visits",
    "organisations": "organisations",
    "history": "history",
}


class ExportDialog(FormDialog[str]):
    """What to write, in which form, to which file; it begins with what the screen shows.

    It gives the sentence that says what was done. Nothing is written in the database, so it
    works too while looking at what was known earlier.
    """

    def __init__(self, screen: str = "overview") -> None:
        super().__init__()
        self._begin = _ON_SCREEN.get(screen, "status")
        self._suggested = ""
        self.what = ChoiceField(required=True, id="what")
        self.form = OptionRow(
            (
                ("csv", "CSV"),
                ("excel", _("CSV for Excel")),
                ("json", "JSON"),
                ("jsonl", "JSON Lines"),
                ("markdown", "Markdown"),
            ),
            "csv",
            id="form-of-file",
        )
        self.file = TextField(limit=1000, required=True, id="file")
        self.existing = OptionRow(
            (("keep", _("leave it")), ("replace", _("replace it"))), "keep", id="existing"
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Export")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Write")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("what", _("What"), self.what)
        yield FormField("form", _("Form"), self.form)
        yield FormField("file", _("File"), self.file)
        yield FormField("existing", _("If it exists"), self.existing)

    async def load(self, view: View) -> None:
        """Begin with what the screen shows, in a file named after it."""
        self.view = view
        things = [Named(kind, kind, _(name)) for kind, name in NAMES.items()]
        self.what.set_finder(NamedFinder(things, _("table")))
        self.prefill("what", lambda: self.what.fill(self._begin))
        self._suggest()
        self.context(
            [
                text.dim(_("Private notes and people met are in none of them.")),
                text.dim(_("A name without a folder is written in {folder}").format(
                    folder=Path.cwd())),
            ]
        )  # fmt: skip

    def on_edited(self, _event: Edited) -> None:
        """Another thing or form has another name, unless somebody typed one."""
        self._suggest()

    def _suggest(self) -> None:
        kind = self.what.value
        if self.view is None or kind is None:
            return
        field = next(f for f in self.query(FormField) if f.field == "form")
        field.display = kind not in ONE_FORM
        if self.file.value in ("", self._suggested):
            self._suggested = file_name(kind, self.form.value, self.view.as_of)
            self.file.fill(self._suggested)

    async def submit(self) -> str:
        """Write the file."""
        kind = self.what.value
        if kind is None or self.form.value not in ENDINGS:
            raise InvalidInput(_("Choose what to export."), field="what")
        target = Target(
            kind,
            Path(self.file.value.strip()).expanduser(),
            self.form.value,
            self.existing.value == "replace",
        )
        try:
            said = await self.ask(write_target, target)
        except FileProblem as error:
            raise InvalidInput(error.message, field="file", title=error.title) from error
        host(self).tell(said, title=_("Written"))
        return said
