"""Find anything in the file while typing, and go there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from socius_tui.domain.records import SearchHit
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services import log
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

_MOVES = ("down", "up", "pagedown", "pageup")


class SearchDialog(Window[SearchHit]):
    """Gives what was chosen. The field keeps the focus: arrows move through the list."""

    DEFAULT_CSS = """
    SearchDialog {
        & > #window { width: 90; height: 80%; }
        & LineTable { height: 1fr; }
    }
    """
    LIMIT: ClassVar[int] = 50

    def __init__(self) -> None:
        super().__init__()
        self._hits: dict[str, SearchHit] = {}
        self._typed = ""
        self._found: str | None = None
        self._asking = False

    def heading(self) -> Content:
        """What it does."""
        return text.styled(_("Find"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Move, choose, close."""
        return (
            text.key_hint("↑ ↓", _("choose")),
            text.key_hint("enter", _("go there")),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """A field and the list of what was found."""
        yield Input(placeholder=_("goals, indicators, organisations, visits, notes"))
        yield LineTable(
            (
                Column(_("Kind"), 12),
                Column(_("What"), weight=3),
                Column(_("Where"), weight=3, from_width=60),
            ),
            id="hits",
        )

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(LineTable).can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed now."""
        self._typed = event.value
        if not self._asking:
            start(self, self._search)

    async def _search(self) -> None:
        """Ask until what is found is what is typed: one question at a time."""
        self._asking = True
        table = self.query_one(LineTable)
        try:
            while self._found != self._typed:
                typed = self._typed
                hits = await host(self).session.ask(log.find, typed, limit=self.LIMIT)
                self._hits = {hit.id: hit for hit in hits}
                table.empty = _("Nothing was found.") if typed.strip() else ""
                await table.show([_row(hit) for hit in hits])
                table.action_first()
                self._found = typed
        except SociusError as error:
            host(self).complain(error)
        finally:
            self._asking = False

    def on_key(self, event: events.Key) -> None:
        """Arrows move through the list while the field has the focus."""
        if event.key in _MOVES:
            event.stop()
            event.prevent_default()
            table = self.query_one(LineTable)
            lines = 1 if event.key in ("down", "up") else max(table.size.height - 2, 1)
            table.action_move(lines if event.key in ("down", "pagedown") else -lines)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Go to the hit with the cursor."""
        self._choose(self.query_one(LineTable).current_key)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Go to the hit that was clicked."""
        self._choose(message.key)

    def _choose(self, key: str) -> None:
        hit = self._hits.get(key)
        if hit is not None:
            self.dismiss(hit)


def _row(hit: SearchHit) -> Row:
    where = text.spaced((text.plain(hit.plan), text.dim(hit.snippet)))
    return Row(hit.id, (text.dim(text.word(hit.kind)), text.plain(hit.title), where))
