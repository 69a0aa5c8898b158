"""The form that says how a list is written, when it cannot be opened without that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.widget import Widget

from socius_tui.domain.text import clean
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.source import Hints
from socius_tui.services.looking import View
from socius_tui.ui import text
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.dialogs.import_columns import DELIMITERS, ENCODINGS, options
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField


class WrittenForm(FormDialog[Hints]):
    """The sheet by its name, the encoding and the delimiter; `why` is what went wrong."""

    def __init__(self, path: Path, hints: Hints, why: str) -> None:
        super().__init__()
        self._path, self._hints, self._why = path, hints, why
        self.sheet = TextField(hints.sheet or "", limit=200)
        self.encoding = OptionRow(options(ENCODINGS), hints.encoding or "")
        self.delimiter = OptionRow(options(DELIMITERS), hints.delimiter or "")

    def title_text(self) -> str:
        """Which list."""
        return _("How {file} is read").format(file=clean(self._path.name, limit=80))

    def save_text(self) -> str:
        """Then it is looked at again."""
        return _("Look again")

    def body(self) -> Iterable[Widget]:
        """All three: what the file is, is not known."""
        yield FormField("sheet", _("Sheet"), self.sheet)
        yield FormField("encoding", _("Letters"), self.encoding)
        yield FormField("delimiter", _("Between cells"), self.delimiter)

    async def load(self, view: View) -> None:
        """Say what went wrong."""
        del view
        self.context((text.prose(self._why),))

    async def submit(self) -> Hints:
        """What was said."""
        return self._hints._replace(
            sheet=self.sheet.value.strip() or None,
            encoding=self.encoding.value or None,
            delimiter=self.delimiter.value or None,
        )
