"""One organisation in full: what the register holds, its contacts, visits and follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from socius_tui.domain.records import FollowUpLine, OrganisationDetail, VisitLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.filter_line import ActionLine
from socius_tui.ui.widgets.follow_up_table import FollowUpTable, ShortTable
from socius_tui.ui.widgets.line_table import Column, Row
from socius_tui.ui.widgets.visit_pane import labelled, visit_status


class OrganisationPane(Vertical):
    """Shows an organisation, or that none is chosen."""

    DEFAULT_CSS = """
    OrganisationPane {
        height: 1fr;
        & > VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.organisation: OrganisationDetail | None = None
        self.visits = ShortTable(
            (
                Column(_("Visit"), width=10),
                Column("", width=1),
                Column(_("note")),
                Column(_("visitor"), width=18, from_width=60),
            ),
            id="organisation-visits",
        )
        self.follow_ups = FollowUpTable()
        self.actions = ActionLine()
        self._text = Static()
        self._scroll = VerticalScroll(self._text)

    def compose(self) -> ComposeResult:
        """Text above; visits and follow-ups below."""
        yield self._scroll
        yield self.visits
        yield self.follow_ups
        yield self.actions

    async def show(
        self,
        organisation: OrganisationDetail | None,
        visits: Sequence[VisitLine],
        follow_ups: Sequence[FollowUpLine],
        today: date | None,
    ) -> None:
        """Show this organisation."""
        old = self.organisation
        self.organisation = organisation
        self._text.update(
            _told(organisation) if organisation else text.dim(_("No organisation is chosen."))
        )
        if old is None or organisation is None or old.id != organisation.id:
            self._scroll.scroll_home(animate=False)
        await self.visits.show([_row(line) for line in visits])
        await self.follow_ups.show_lines(follow_ups, today)

    def focus_text(self) -> None:
        """Read: to the visits when there are any, else the arrows scroll the text."""
        if self.visits.display:
            self.visits.focus()
        else:
            self._scroll.focus()


def _row(line: VisitLine) -> Row:
    return Row(
        line.id,
        (
            show.day(line.visited_on),
            visit_status(line, word=False),
            text.plain(line.summary or ", ".join(line.goals)),
            text.dim(line.visitor),
        ),
    )


def _told(found: OrganisationDetail) -> Content:
    recognised = " ".join(
        sentence.format(day=show.day(day))
        for sentence, day in (
            (_("from {day}"), found.recognised_from),
            (_("until {day}"), found.recognised_until),
        )
        if day is not None
    )
    kind = " · ".join(filter(None, (found.work_type, found.subtype)))
    lines = [
        text.spaced((text.styled(found.name, text.STRONG), text.dim(found.code))),
        *labelled(
            (
                (_("work type"), kind),
                (_("contact person"), found.contact_person or _("nobody")),
                (_("municipality"), found.municipality),
                (_("size"), text.word(found.size)),
                (_("participation"), text.word(found.participation)),
                (_("recognised"), recognised),
                (_("federation"), found.federation),
                (_("number"), found.enterprise_number),
            )
        ),
    ]
    for contact in found.contacts:
        ways = " · ".join(filter(None, (contact.email, contact.phone)))
        lines.append(
            text.spaced(
                (text.plain(contact.name), text.dim(text.word(contact.function)), text.plain(ways))
            )
        )
    if found.note:
        lines += [text.NOTHING, text.prose(found.note)]
    return text.lines(lines)
