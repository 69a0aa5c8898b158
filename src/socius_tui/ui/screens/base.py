"""What every screen does: load and load again, write, and the keys they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.filters import VisitFilter
from socius_tui.errors import PeriodClosed, SociusError
from socius_tui.i18n import _
from socius_tui.services.looking import View, view
from socius_tui.services.session import Operation, Session
from socius_tui.ui import text
from socius_tui.ui.commands.active import hints_of
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import DataChanged
from socius_tui.ui.screens.exchanging import ExchangingScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.key_bar import KeyBar
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.problem import Problem
from socius_tui.ui.widgets.title_bar import TitleBar
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.services.undoing import Direction
    from socius_tui.ui.app import SociusApp

P = ParamSpec("P")
T = TypeVar("T")


class SociusScreen(ExchangingScreen):
    """A screen with the title bar above, the keys below and its own body between them.

    A screen gives `body` and `load`. It loads when it is first seen, when the data changed
    while it is seen, and when it is seen again after the data changed.
    """

    LISTS: ClassVar[str] = "organisations"  # the kind of list that is proposed to take in
    DOES: ClassVar[tuple[Command, ...]] = SHARED
    BINDINGS = bindings(*SHARED)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 (Textual's own)

    def __init__(self) -> None:
        super().__init__()
        self.stale = True
        self.view: View | None = None

    @classmethod
    def form_at(cls, width: int) -> str:
        """The class that Textual gives a screen of this many columns."""
        return next(form for least, form in reversed(cls.HORIZONTAL_BREAKPOINTS) if width >= least)

    # What a screen gives

    def body(self) -> Iterable[Widget]:
        """The widgets between the title and the keys."""
        raise NotImplementedError

    async def load(self, view: View) -> None:
        """Ask for the data and show it. A SociusError takes the place of the body."""
        raise NotImplementedError

    def subject(self) -> Subject:
        """What the cursor is on, so that a form can begin with it."""
        return Subject()

    def open_item(self, identifier: str) -> None:
        """Put the cursor on something of this screen; it loads when it is not there yet."""
        raise NotImplementedError

    def show_work_type(self, identifier: str) -> None:
        """Show only what belongs to a work type, where a screen can; "" is everything."""

    def show_visits(self, wanted: VisitFilter) -> None:
        """Show only the visits that a filter lets through, where a screen can."""

    # What it does with that

    def compose(self) -> ComposeResult:
        """Title, body, keys."""
        yield TitleBar(self.NAME)
        with Container(id="body"):
            yield from self.body()
        yield Problem()
        yield KeyBar()

    @property
    def socius(self) -> SociusApp:
        """The application."""
        return cast("SociusApp", self.app)

    def density_changed(self) -> None:
        """The title has one line or two, and the panes a frame or a line."""
        if self.is_attached:
            self.query_one(TitleBar).redraw()
            for pane in self.query(Pane):
                pane.follow_density()

    def on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Load what became stale while nobody looked."""
        if self.stale and self.socius.has_file:
            self.reload()

    def reload(self) -> None:
        """Load again; a load that is still running is given up."""
        self.stale = False
        start(self, self._load, group="load", exclusive=True)

    def data_changed(self, news: DataChanged) -> None:
        """The file holds something new, and this screen is seen."""
        del news  # most screens show a bit of everything
        self.reload()

    async def _load(self) -> None:
        problem, body = self.query_one(Problem), self.query_one("#body")
        try:
            self.view = now = await self.need(view)
            self._show_view(now)
            await self.load(now)
        except SociusError as error:
            body.display = False
            problem.show(error)
            self.socius.data_shown()
            return
        self.socius.data_shown()
        problem.display = False
        if not body.display:
            body.display = True
            self.call_after_refresh(self.focus_next)

    def _show_view(self, now: View) -> None:
        notes = []
        if now.is_demo:
            notes.append(_("EXAMPLE DATA"))
        if now.read_only:
            notes.append(_("READ-ONLY"))
        title = now.plan.title if now.plan else _("No plan yet")
        period = now.plan.rules.period if now.plan else None
        self.query_one(TitleBar).show(
            title, period, now.as_of, now.today, tuple(notes), now.known_at, _which(now)
        )
        self.show_exchange(self.socius.desk.line())

    async def need(
        self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask a service; raises SociusError."""
        return await self.socius.session.ask(question, *args, **kwargs)

    async def ask(
        self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Ask a service; what goes wrong becomes a notification and the answer None."""
        try:
            return await self.need(question, *args, **kwargs)
        except SociusError as error:
            self.socius.complain(error)
            return None

    async def write(self, operation: Operation, *, reason: str = "") -> ChangeSet | None:
        """Carry out a use case; a refusal becomes a notification and the answer None.

        In a closed period it asks why first, and answers None as well.
        """
        try:
            return await self.socius.write(operation, reason=reason)
        except PeriodClosed as error:
            from socius_tui.ui.dialogs.late_reason import ask_why

            ask_why(self, error, lambda why: self.write(operation, reason=why))
            return None
        except SociusError as error:
            self.socius.complain(error)
            return None

    def on_line_table_failed(self, message: LineTable.Failed) -> None:
        """A list could not read its rows."""
        self.socius.complain(message.error)

    # The shared commands

    def action_go(self, name: str) -> None:
        """To another screen."""
        self.socius.go(name)

    def action_reload(self) -> None:
        """Read everything again."""
        self.reload()

    def action_back_up(self) -> None:
        """Make a backup now."""
        start(self.socius, self.socius.back_up, group="backup")

    def action_backups(self) -> None:
        """The backups there are."""
        from socius_tui.ui.dialogs.backups import BackupsDialog

        self.app.push_screen(BackupsDialog())

    def action_toggle_theme(self) -> None:
        """Light or dark."""
        self.socius.toggle_theme()

    def action_quit_program(self) -> None:
        """Close the program."""
        self.socius.leave()

    def action_help(self) -> None:
        """The keys that work here."""
        from socius_tui.ui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(hints_of(self)))

    def action_check_file(self) -> None:
        """Check the file, and show what was found."""
        from socius_tui.ui.dialogs.check import CheckDialog

        self.app.push_screen(CheckDialog())

    def action_search(self) -> None:
        """Find anything, and go there."""
        from socius_tui.ui.dialogs.search import SearchDialog

        self.app.push_screen(SearchDialog(), self.socius.open_hit)

    def action_choose_as_of(self, at_known: bool = False) -> None:
        """Look at another day, or at what was known at an earlier moment."""
        from socius_tui.ui.dialogs.as_of import AsOfDialog

        if self.view is not None:
            now = self.view
            dialog = AsOfDialog(now.as_of, now.today, now.known_at, at_known=at_known)
            self.app.push_screen(dialog, self.socius.look_at)

    def action_explain(self) -> None:
        """Where the chosen number comes from."""
        subject = self.subject()
        identifier = subject.indicator_id or subject.goal_id
        if identifier is None and self.view and self.view.plan:
            identifier = self.view.plan.id
        if identifier is None:
            return
        from socius_tui.ui.dialogs.explain import ExplainDialog

        self.app.push_screen(ExplainDialog(identifier))

    def action_history(self) -> None:
        """Who changed what in the chosen thing; without one, the history of everything."""
        from socius_tui.ui.dialogs.history import HistoryDialog, topic_of

        topic = topic_of(self.subject())
        if topic is None:
            self.socius.go("history")
        else:
            self.app.push_screen(HistoryDialog(topic))

    def action_periods(self) -> None:
        """The periods that were closed."""
        from socius_tui.ui.dialogs.periods import PeriodsWindow

        self.app.push_screen(PeriodsWindow())

    def action_plans(self) -> None:
        """The plans of the file."""
        from socius_tui.ui.dialogs.plans import PlansWindow

        self.app.push_screen(PlansWindow(), self.socius.look_at_plan)

    def action_compare_plan(self) -> None:
        """The plan beside something else."""
        from socius_tui.ui.dialogs.compare import CompareWindow

        if self.view is not None and self.view.plan is not None:
            self.app.push_screen(CompareWindow(self.view.today))

    def action_close_period(self) -> None:
        """The form that closes a period."""
        from socius_tui.ui.dialogs.periods import ClosePeriodDialog

        self.app.push_screen(ClosePeriodDialog())

    def action_reopen_period(self) -> None:
        """The form that reopens a period."""
        from socius_tui.ui.dialogs.periods import ReopenPeriodDialog

        self.app.push_screen(ReopenPeriodDialog())

    def action_unfinished_forms(self) -> None:
        """The forms that were not saved."""
        self.socius.offer_unfinished(asked=True)

    def action_take_in_list(self) -> None:
        """A list from a spreadsheet; which kind is proposed depends on the screen."""
        from socius_tui.ui.dialogs.importing import take_in

        take_in(self.app, self.LISTS)

    def action_log_visit(self) -> None:
        """The form for a visit, with what the cursor is on."""
        from socius_tui.ui.dialogs.visit import VisitDialog

        subject = self.subject()
        self.app.push_screen(
            VisitDialog(organisation_id=subject.organisation_id, goal_id=subject.goal_id)
        )

    def action_enter_progress(self) -> None:
        """The form for a measurement, with what the cursor is on."""
        from socius_tui.ui.dialogs.progress import ProgressDialog

        subject = self.subject()
        self.app.push_screen(
            ProgressDialog(indicator_id=subject.indicator_id, goal_id=subject.goal_id)
        )

    def action_add_follow_up(self) -> None:
        """The form for a follow-up, with what the cursor is on."""
        from socius_tui.ui.dialogs.follow_up import FollowUpDialog

        self.app.push_screen(FollowUpDialog(self.subject()))

    def action_add_action(self) -> None:
        """The form for an action of a year programme, under the chosen goal."""
        from socius_tui.ui.dialogs.action import ActionDialog

        self.app.push_screen(ActionDialog(self.subject().goal_id))

    def action_programme(self) -> None:
        """The year programme."""
        from socius_tui.ui.dialogs.programme import ProgrammeWindow

        if self.view is not None:
            self.app.push_screen(ProgrammeWindow(self.view.as_of.year))

    def action_analysis(self) -> None:
        """What was found when the plan was made."""
        from socius_tui.ui.dialogs.analysis import AnalysisWindow

        self.app.push_screen(AnalysisWindow())

    def action_chain(self) -> None:
        """The Theory of Change of the chosen goal."""
        from socius_tui.ui.dialogs.chain import ChainWindow

        if (goal_id := self.subject().goal_id) is None:
            self.socius.tell(_("Choose a goal first: a chain belongs to one."))
        else:
            self.app.push_screen(ChainWindow(goal_id))

    def action_mandates(self) -> None:
        """Where the centre sits."""
        from socius_tui.ui.dialogs.mandates import MandatesWindow

        self.app.push_screen(MandatesWindow())

    def action_planner(self) -> None:
        """The plan of visits of the person at the keyboard."""
        from socius_tui.ui.dialogs.planner import PlannerWindow

        self.app.push_screen(PlannerWindow())

    def action_needs(self) -> None:
        """The needs that were heard at visits."""
        from socius_tui.ui.dialogs.needs import NeedsWindow

        self.app.push_screen(NeedsWindow())

    def action_export(self) -> None:
        """The form that writes what is shown to a file."""
        from socius_tui.ui.dialogs.export import ExportDialog

        self.app.push_screen(ExportDialog(self.NAME))

    def action_undo(self) -> None:
        """Take back the last thing that somebody did, after saying what that is."""
        self._take_back("undo")

    def action_redo(self) -> None:
        """Do again what was undone last, after saying what that is."""
        self._take_back("redo")

    def _take_back(self, direction: Direction) -> None:
        from socius_tui.ui.dialogs.undo import UndoDialog

        self.app.push_screen(UndoDialog(direction))


def _which(now: View) -> Content:
    """The code of the plan where there are several; one that others do not see stands out."""
    if now.plan is None or now.plans < 2:
        return text.NOTHING
    if now.own_plan:
        return text.styled(f" {now.plan.code} ", "$warning reverse")
    return text.dim(now.plan.code)
