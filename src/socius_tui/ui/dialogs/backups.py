"""The backups of the file: which there are, make one, bring one back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.dates import format_moment
from socius_tui.errors import SociusError
from socius_tui.i18n import _, get_language
from socius_tui.services import backups
from socius_tui.services.backups import BackupLine
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.shared import BACK_UP
from socius_tui.ui.commands.windows import WINDOW
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.messages import DataChanged
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start


class BackupsDialog(Window[None]):
    """A list, newest first; each was held against its manifest."""

    DOES: ClassVar[tuple[Command, ...]] = (*WINDOW, BACK_UP)
    BINDINGS = bindings(BACK_UP)
    DEFAULT_CSS = """
    BackupsDialog {
        & > #window { width: 90; height: 80%; }
        & LineTable { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, BackupLine] = {}

    def heading(self) -> Content:
        """What it shows."""
        return text.styled(_("Backups"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Choose, bring back, make one, close."""
        return (
            text.key_hint("↑ ↓", _("choose")),
            text.key_hint("enter", _("bring back")),
            text.key_hint(key_of(self, BACK_UP.id, BACK_UP.key), _(BACK_UP.text)),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield LineTable(
            (
                Column(_("Nr"), 4, align="right"),
                Column(_("Made at"), 17),
                Column(_("Why")),
                Column(_("Size"), 9, align="right"),
                Column(_("Whole"), 5),
            ),
            empty=_("No backup was made yet."),
        )

    def on_mount(self) -> None:
        """Look which there are."""
        self.query_one(LineTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            lines = await host(self).session.ask(backups.listed_of)
        except SociusError as error:
            host(self).complain(error)
            return
        self._lines = {line.backup.path.name: line for line in lines}
        await self.query_one(LineTable).show([_row(name, ln) for name, ln in self._lines.items()])

    def action_back_up(self) -> None:
        """Make one, and show it."""
        start(self, self._back_up)

    async def _back_up(self) -> None:
        await host(self).back_up()
        await self._load()

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Ask before it is brought back."""
        start(self, partial(self._ask, message.key), group="restore", exclusive=True)

    async def _ask(self, key: str) -> None:
        line = self._lines[key]
        try:
            about = await host(self).session.ask(backups.about_in, line.backup)
        except SociusError as error:
            host(self).complain(error)
            return
        question = ConfirmDialog(
            _("Bring this backup back?"),
            more=" ".join((about, _("The file as it is now is kept as a backup first."))),
            yes=_("Bring back"),
            no=_("Leave it"),
        )

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, partial(self._restore, line), group="restore", exclusive=True)

        self.app.push_screen(question, answered)

    async def _restore(self, line: BackupLine) -> None:
        try:
            done = await host(self).session.ask(backups.restore_in, line.backup)
        except SociusError as error:
            host(self).complain(error)
            return
        self.app.post_message(DataChanged(None))
        host(self).tell(backups.done_sentence(done))
        self.dismiss(None)


def _row(name: str, line: BackupLine) -> Row:
    moment = backups.moment_shown(line.backup.moment)
    return Row(
        name,
        (
            text.plain(str(line.backup.sequence)),
            text.plain(format_moment(moment, get_language())),
            text.dim(line.reason),
            text.plain(backups.size_text(line.backup.size)),
            text.plain(_("NO")) if line.fault else text.plain(_("yes")),
        ),
    )
