"""Screen 6: a report to read, and to write in a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from socius_tui.domain.model import Period
from socius_tui.domain.records import WorkType
from socius_tui.domain.report import Kind, Report, Wanted
from socius_tui.errors import RuleBroken, SociusError
from socius_tui.i18n import LANGUAGES, N_, _, get_language
from socius_tui.services import register
from socius_tui.services.looking import View
from socius_tui.services.reports import choosing
from socius_tui.ui import format as show
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.report import REPORT, WRITE
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.screens.listing import next_of
from socius_tui.ui.widgets.filter_line import FilterLine
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.report_view import ReportView
from socius_tui.ui.work import start

_SPOKEN = {"nl": "Nederlands", "en": "English"}  # each in its own language


class ReportScreen(SociusScreen):
    """Which report above, what it says below."""

    NAME = "report"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *REPORT)
    BINDINGS = bindings(*REPORT)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted(Kind.YEAR)
        self.language = get_language()
        self.report: Report | None = None
        self._work_types: list[WorkType] = []
        self._periods: list[Period] = []

    def body(self) -> Iterable[Widget]:
        """What can be chosen, and the report."""
        yield FilterLine()
        yield Pane(ReportView(), key="6", title=N_("Report"), id="read")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(ReportView).focus()

    async def load(self, view: View) -> None:
        """Make the report; why it cannot be made takes its place."""
        self._work_types = await self.need(register.work_types)
        plan = view.plan
        self._periods = (
            choosing.periods(plan.rules.period, self.wanted.kind, view.as_of) if plan else []
        )
        if self.wanted.period not in self._periods:
            self.wanted = self.wanted._replace(period=next(iter(self._periods), None))
        asked = self.wanted._replace(as_of=self._chosen_day(view))
        self._describe()
        reading = self.query_one(ReportView)
        try:
            self.report = await self.need(choosing.report_in, asked, self.language)
        except RuleBroken as error:
            self.report = None
            reading.say(f"{error.message} {error.hint}")
            return
        reading.show(self.report)

    def _chosen_day(self, view: View) -> date | None:
        """The day that somebody chose to look at; without one a report has its own."""
        return view.as_of if view.as_of != view.today else None

    def _describe(self) -> None:
        wanted = self.wanted
        period = wanted.period
        work_type = next((w.name for w in self._work_types if w.id == wanted.work_type_id), "")
        values = {
            "report.kind": (choosing.kind_word(wanted.kind), True),
            "report.period": (show.years(period.start, period.end) if period else "", bool(period)),
            "report.work_type": (work_type, bool(work_type)),
            "report.language": (_SPOKEN[self.language], False),
            WRITE.id: (_(WRITE.text), False),
            "report.private": (
                _("with private notes") if wanted.private else _("without private notes"),
                wanted.private,
            ),
        }
        self.query_one(FilterLine).filters(
            (command, *values[command.id])
            for command in REPORT
            if self.check_action(command.action.partition("(")[0], ())
        )

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.reload()

    # Which report

    def action_next_kind(self) -> None:
        """Another kind of report; a period that it has too stays."""
        kinds = list(Kind)
        kind = kinds[(kinds.index(self.wanted.kind) + 1) % len(kinds)]
        self._want(self.wanted._replace(kind=kind))
        self.refresh_bindings()

    def action_step_period(self, step: int) -> None:
        """The period before, round and round; where there is but one nothing happens."""
        if self.wanted.period in self._periods:
            place = self._periods.index(self.wanted.period) - step
            self._want(self.wanted._replace(period=self._periods[place % len(self._periods)]))

    def action_next_work_type(self) -> None:
        """The visits of another work type, or of all."""
        known = [work_type.id for work_type in self._work_types]
        self._want(self.wanted._replace(work_type_id=next_of(self.wanted.work_type_id, known)))

    def action_next_language(self) -> None:
        """In another language."""
        place = (LANGUAGES.index(self.language) + 1) % len(LANGUAGES)
        self.language = LANGUAGES[place]
        self.reload()

    def action_toggle_private(self) -> None:
        """With private notes and people met, or without."""
        self._want(self.wanted._replace(private=not self.wanted.private))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only visits are of one work type; some kinds take their period by themselves."""
        if action == "next_work_type":
            return self.wanted.kind is Kind.VISITS
        if action == "step_period":
            return self.wanted.kind not in (Kind.BOARD, Kind.DEPARTMENT)
        return super().check_action(action, parameters)

    # Writing

    def action_write_report(self) -> None:
        """The form that writes it; first made anew, so that the file holds what is true now."""
        start(self, self._write_report, group="write", exclusive=True)

    async def _write_report(self) -> None:
        from socius_tui.ui.dialogs.write_report import WriteReportDialog

        if self.report is None or self.view is None:
            self.socius.tell(_("There is no report to write."))
            return
        asked = self.wanted._replace(as_of=self._chosen_day(self.view))
        try:
            report = await self.need(choosing.report_in, asked, self.language)
        except SociusError as error:
            self.socius.complain(error)
            return
        self.app.push_screen(WriteReportDialog(report, self.wanted.period), self._written)

    def _written(self, sentence: str | None) -> None:
        if sentence:
            self.socius.tell(sentence)


SCREEN = ReportScreen
