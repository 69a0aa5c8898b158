"""The stakeholder survey: whom the makers of the plan asked, and whether the table adds up."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.survey import SurveyGroup
from socius_tui.i18n import _
from socius_tui.services.analysis import Survey, survey
from socius_tui.services.overview import coverage
from socius_tui.services.session import Session
from socius_tui.services.survey_words import told
from socius_tui.ui import text
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row


def _asked(session: Session) -> tuple[Survey, int]:
    return survey(session), coverage(session)[-1].recognised


class SurveyWindow(ListWindow):
    """The table as it was reported; below it what its sums say."""

    DEFAULT_CSS = """
    SurveyWindow {
        & > #window { width: 118; max-width: 100%; height: 90%; }
        & #about { height: auto; max-height: 8; margin-bottom: 1; }
    }
    """

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Whom the makers of the plan asked"), text.STRONG)

    def body(self) -> Iterable[Widget]:
        """The table and the sums."""
        yield LineTable(
            (
                Column(_("Group"), weight=1),
                Column(_("Total"), 6, "right"),
                Column(_("reached"), 8, "right", from_width=58),
                Column(_("not r."), 7, "right", from_width=58),
                Column(_("small"), 6, "right", from_width=70),
                Column(_("medium"), 7, "right", from_width=70),
                Column(_("large"), 6, "right", from_width=70),
                Column(_("admin."), 7, "right", from_width=100),
                Column(_("agogic"), 7, "right", from_width=100),
                Column(_("coord."), 7, "right", from_width=100),
            ),
            empty=_("This plan tells of no survey."),
            id="survey",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for it."""
        found, recognised = await host(self).session.ask(_asked)
        depth: dict[str | None, int] = {None: -1}
        for group in found.groups:
            depth[group.id] = depth.get(group.whole, -1) + 1
        rows = [_row(group, depth[group.id]) for group in found.groups]
        await self.table.show(rows)
        sentences = [text.prose(line) for line in told(found, recognised)]
        self.query_one("#about", Static).update(text.lines(sentences))


def _row(group: SurveyGroup, depth: int) -> Row:
    name = text.styled(group.name, text.STRONG if depth == 0 else "")
    cells = (
        *(group.total, group.reached, group.not_reached, group.small, group.medium, group.large),
        *(group.administrative, group.agogic, group.coordinator),
    )
    return Row(
        group.id,
        (
            text.join("  " * depth, name),
            *("" if cell is None else str(cell) for cell in cells),
        ),
    )
