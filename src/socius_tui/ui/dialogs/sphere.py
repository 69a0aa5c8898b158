"""The indicators of one sphere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.overview import StatusLine
from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets.cockpit_rows import sphere_line_row, sphere_question
from socius_tui.ui.widgets.line_table import Column, LineTable


class SphereWindow(Window[None]):
    """What watches a sphere, with its status; stays open while an indicator is looked up."""

    DEFAULT_CSS = """
    SphereWindow {
        & > #window { width: 116; height: 80%; min-height: 12; }
        & LineTable { height: 1fr; }
        & #question { height: auto; margin-bottom: 1; color: $quiet; }
        & #about { height: auto; max-height: 2; margin-bottom: 1; }
    }
    """

    def __init__(self, sphere: str, lines: Sequence[StatusLine]) -> None:
        super().__init__()
        self._sphere = sphere
        self._lines = {line.id: line for line in lines}

    def heading(self) -> Content:
        """Which sphere, and how many indicators."""
        return text.spaced(
            (
                text.styled(text.word(self._sphere), text.STRONG),
                text.dim(str(len(self._lines))),
            )
        )

    def hints(self) -> Iterable[Content]:
        """Open, close."""
        return (text.key_hint("enter", _("open the indicator")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """What the sphere asks, the list, the chosen line in full."""
        yield Static(sphere_question(self._sphere), id="question")
        yield LineTable(
            (
                Column("", 1),
                Column(_("Code"), 8),
                Column(_("Indicator"), weight=1),
                Column(_("value"), 9, "right", from_width=66),
                Column(_("target"), 20, "right", from_width=90),
                Column("%", 6, "right"),
                Column(_("Last"), 14),
            ),
            empty=_("No indicator watches this."),
            id="indicators",
        )
        yield Static(id="about")

    def on_mount(self) -> None:
        """Show them."""
        table = self.query_one(LineTable)
        table.put([sphere_line_row(line) for line in self._lines.values()])
        table.focus()

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Say more of the one with the cursor."""
        line = self._lines.get(message.key)
        about = text.NOTHING
        if line is not None:
            about = text.spaced(
                (
                    text.status_text(line.status),
                    text.plain(line.title),
                    text.dim(line.contact_person),
                )
            )
        self.query_one("#about", Static).update(about)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Look it up; escape comes back here."""
        self.app.post_message(OpenGoal(message.key))
