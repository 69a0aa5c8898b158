"""The form that writes a report in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from textual.widget import Widget

from socius_tui.domain.model import Period
from socius_tui.domain.report import Form, Report
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.exchange.newfile import write_file
from socius_tui.services.exchange.reports.render import render
from socius_tui.services.folders import whole
from socius_tui.services.looking import View
from socius_tui.services.reports.choosing import file_name
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.widgets.form_field import Edited, FormField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField

_WORDS: Final = {Form.HTML: "HTML", Form.PDF: "PDF", Form.MARKDOWN: "Markdown"}


class WriteReportDialog(FormDialog[str]):
    """Asks in which form and where; gives the sentence that says what was written."""

    def __init__(self, report: Report, period: Period | None) -> None:
        super().__init__()
        self._report = report
        self._name = file_name(report, period)
        self.form = OptionRow(
            [(form.value, word) for form, word in _WORDS.items()], Form.HTML.value, id="form-of"
        )
        self.file = TextField(str(Path.cwd() / f"{self._name}.html"), limit=4_000, id="file")
        self.replace = OptionRow(
            [("no", _("leave it")), ("yes", _("replace it"))], "no", id="replace"
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Write the report")

    def save_text(self) -> str:
        """What saving is here."""
        return _("Write")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("form", _("Form"), self.form)
        yield FormField("file", _("File"), self.file)
        yield FormField("force", _("If it is there"), self.replace)

    async def load(self, view: View) -> None:
        """Nothing more is needed."""
        del view

    def on_edited(self, _event: Edited) -> None:
        """The name of the file ends as its form asks, as long as it is the proposed one."""
        path = whole(self.file.value)
        if path.stem == self._name:
            self.file.value = str(path.with_suffix(f".{self.form.value}"))

    async def submit(self) -> str:
        """Write it. Raises InvalidInput or FileProblem to stay open."""
        if not self.file.value.strip():
            raise InvalidInput(_("Which file?"), field="file")
        path, form = whole(self.file.value), Form(self.form.value)
        content = await asyncio.to_thread(render, self._report, form)
        force = self.replace.value == "yes"
        await asyncio.to_thread(write_file, path, [content], force=force)
        return _("Report written to {path}, content {hash}").format(
            path=path, hash=dict(self._report.footer)[self._report.hash_label]
        )
