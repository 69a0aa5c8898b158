"""The form that makes the plan of the next period, and what that plan would hold."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.carrying import next_period
from socius_tui.domain.plan import PlanRecord
from socius_tui.errors import NotFound, SociusError
from socius_tui.i18n import _
from socius_tui.services import resolve
from socius_tui.services.carrying import (
    CarriedGoal,
    CarriedIndicator,
    CarryOver,
    Proposal,
    proposal,
)
from socius_tui.services.carrying_choice import renames_from
from socius_tui.services.carrying_words import proposal_lines
from socius_tui.services.looking import View
from socius_tui.services.plans import plan_lines
from socius_tui.services.resolve import Named
from socius_tui.services.session import Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.plans import NEW_PLAN_FORM, PREVIEW
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FieldRow, FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.multi_choice_field import MultiChoiceField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import TextField
from socius_tui.ui.work import start


class _Known(NamedTuple):
    """The plan that is followed, and what of it can be chosen."""

    previous: PlanRecord
    goals: list[Named]
    indicators: list[Named]


def _known(session: Session, plan_id: str | None) -> _Known:
    lines = plan_lines(session)
    wanted = plan_id or session.plan().id
    previous = next((line.record for line in lines if line.record.id == wanted), None)
    if previous is None:
        raise NotFound(_("This plan no longer exists."))
    return _Known(
        previous,
        resolve.named_goals(session, plan=previous),
        resolve.named_indicators(session, plan=previous),
    )


class NewPlanDialog(WriteForm):
    """A plan that follows `previous_id`, by default the one looked at."""

    DOES: ClassVar[tuple[Command, ...]] = NEW_PLAN_FORM
    BINDINGS = bindings(PREVIEW)
    FORM = "new_plan"
    SUBJECT = ("previous_id",)

    def __init__(self, previous_id: str | None = None) -> None:
        super().__init__()
        self._previous_id = previous_id
        self.code = TextField(limit=60, placeholder="plan-2021", id="code")
        self.name_of_plan = TextField(limit=500, id="plan-title")
        self.start = DateField(id="start")
        self.end = DateField(id="end")
        self.goals = MultiChoiceField(placeholder=_("all, or code or word"), id="goals")
        self.without = MultiChoiceField(
            placeholder=_("none, or indicators by code or word"), id="without"
        )
        self.renames = TextField(limit=2000, placeholder="OD2.3=OD2.1, OD2.4=OD2.2", id="renames")
        self.targets = OptionRow(
            [("none", _("the new plan sets its own")), ("shift", _("moved along"))],
            "none",
            id="targets",
        )
        self.use = OptionRow([("no", _("no")), ("yes", _("yes"))], "no", id="use")

    def title_text(self) -> str:
        """What is being done."""
        return _("The plan of the next period")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Make the plan")

    def about(self) -> str:
        """Its title."""
        return self.name_of_plan.value

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("code", _("Code"), self.code)
        yield FormField("title", _("Title"), self.name_of_plan)
        yield FieldRow(
            FormField("starts_on", _("From"), self.start),
            FormField("ends_on", _("until"), self.end, short=True),
        )
        yield FormField("goal_ids", _("Goals"), self.goals)
        yield FormField("without_indicator_ids", _("Without"), self.without)
        yield FormField("renames", _("Other codes"), self.renames)
        yield FormField("targets", _("Targets"), self.targets)
        yield FormField("use", _("Show to all"), self.use)

    async def load(self, view: View) -> None:
        """Begin with the period after the plan that is followed, and say what goes along."""
        del view
        known = await self.ask(_known, self._previous_id)
        self._previous_id = known.previous.id
        period = next_period(known.previous.rules.period)
        self.prefill("starts_on", lambda: self.start.fill(period.start))
        self.prefill("ends_on", lambda: self.end.fill(period.end))
        self.goals.set_finder(NamedFinder(known.goals, _("goal")))
        self.without.set_finder(NamedFinder(known.indicators, _("indicator")))
        self.context(
            [
                text.spaced((text.dim(_("Follows")), text.plain(known.previous.title))),
                text.prose(
                    _(
                        "Goals and indicators go along, the last values as baselines. Measurements "
                        "and narratives stay with the old plan."
                    )
                ),
            ]
        )

    def operation(self) -> CarryOver:
        """The use case."""
        pairs = [pair for pair in self.renames.value.split(",") if pair.strip()]
        return CarryOver.of(
            previous_id=self._previous_id or "",
            code=self.code.value,
            title=self.name_of_plan.value,
            starts_on=self.start.value,
            ends_on=self.end.value,
            goal_ids=self.goals.value or None,
            without_indicator_ids=self.without.value,
            renames=renames_from(pairs),
            targets=self.targets.value,
            use=self.use.value == "yes",
        )

    def action_preview(self) -> None:
        """What the plan would hold."""
        start(self, self._preview, group="preview", exclusive=True)

    async def _preview(self) -> None:
        self.say("")
        try:
            found = await self.ask(proposal, self.operation())
        except SociusError as error:
            self.complain(error)
            return
        self.app.push_screen(ProposalWindow(found))


class ProposalWindow(Window[None]):
    """The goals and indicators of a plan that would be made, with their baselines."""

    DEFAULT_CSS = """
    ProposalWindow {
        & > #window { width: 110; max-width: 100%; height: 90%; }
        & LineTable { height: 1fr; }
        & #about { height: auto; margin-bottom: 1; }
    }
    """

    def __init__(self, found: Proposal) -> None:
        super().__init__()
        self._found = found

    def heading(self) -> Content:
        """What this is."""
        return text.styled(_("What the new plan would hold"), text.STRONG)

    def body(self) -> Iterable[Widget]:
        """What there is to say, and the list."""
        sentences = (text.prose(line) for line in proposal_lines(self._found))
        yield Static(text.lines(sentences), id="about")
        yield LineTable(
            (
                Column(_("Goal or indicator"), weight=1),
                Column(_("Baseline"), 10, "right"),
                Column(_("on"), 10),
                Column(_("where it comes from"), 26, from_width=90),
            ),
            empty=_("Nothing would go along."),
            id="proposal",
        )

    async def on_mount(self) -> None:
        """Show it."""
        table = self.query_one(LineTable)
        table.focus()
        await table.show([_row(line) for line in self._found.lines])


def _row(line: CarriedGoal | CarriedIndicator) -> Row:
    label = text.join(
        "  " * (line.depth - 1),
        text.styled(line.code + " ", text.STRONG),
        text.plain(line.record.title),
    )
    if isinstance(line, CarriedGoal):
        return Row(line.record.id, (label, "", "", ""))
    base = line.baseline
    return Row(
        line.record.id,
        (
            label,
            show.amount(Fraction(base.value)) if base.value is not None else "",
            show.day(base.day) if base.day else "",
            text.dim(text.word(base.origin)),
        ),
    )
