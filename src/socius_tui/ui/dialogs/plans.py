"""The plans of the file: the list of them, and two beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.comparison import Comparison, ComparisonLine
from socius_tui.domain.overview import StatusLine
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.baselines import RenewBaselines
from socius_tui.services.comparing import compare
from socius_tui.services.planning import UsePlan
from socius_tui.services.plans import PlanLine, plan_lines
from socius_tui.services.session import Operation
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.plans import (
    COMPARE_PLANS,
    NEW_PLAN,
    PLAN_WINDOW,
    RENEW_BASELINES,
    USE_PLAN,
)
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start


class PlansWindow(Window[str]):
    """Every plan; gives the id of the one to look at."""

    DOES: ClassVar[tuple[Command, ...]] = PLAN_WINDOW
    BINDINGS = bindings(*PLAN_WINDOW)
    DEFAULT_CSS = """
    PlansWindow {
        & > #window { width: 90; height: 60%; min-height: 12; }
        & LineTable { height: 1fr; }
        & #about { height: auto; max-height: 4; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._plans: dict[str, PlanLine] = {}

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Plans"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Look at one, make one, compare, show one to all."""
        yield text.key_hint("enter", _("look at it"))
        for command in (NEW_PLAN, COMPARE_PLANS, RENEW_BASELINES, USE_PLAN):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield LineTable(
            (
                Column("", 1),
                Column(_("Plan"), weight=1),
                Column(_("Period"), 23),
                Column(_("goals"), 6, "right"),
                Column(_("ind."), 5, "right"),
                Column(_("targets"), 8, "right", from_width=70),
            ),
            empty=_("There is no plan in this file yet."),
            id="plans",
        )
        yield Static(id="about")

    def on_mount(self) -> None:
        """Ask for them."""
        self.query_one(LineTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            lines = await host(self).session.ask(plan_lines)
        except SociusError as error:
            host(self).complain(error)
            return
        first = not self._plans
        self._plans = {line.record.id: line for line in lines}
        table = self.query_one(LineTable)
        await table.show([_row(line) for line in lines])
        looked_at = next((line.record.id for line in lines if line.looked_at), None)
        if first and looked_at is not None:
            await table.go_to(looked_at)
        self._tell(table.current_key)

    @property
    def _current(self) -> PlanLine | None:
        return self._plans.get(self.query_one(LineTable).current_key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Say more of the plan with the cursor."""
        self._tell(message.key)

    def _tell(self, key: str) -> None:
        line = self._plans.get(key)
        self.query_one("#about", Static).update(_about(line) if line else text.NOTHING)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Look at it."""
        self.dismiss(message.key)

    def action_new_plan(self) -> None:
        """The form for a plan that follows the one with the cursor."""
        from socius_tui.ui.dialogs.new_plan import NewPlanDialog

        if (line := self._current) is not None:
            self.app.push_screen(NewPlanDialog(line.record.id), self._made)

    def _made(self, changes: ChangeSet | None) -> None:
        if changes is not None:
            start(self, self._load, exclusive=True)

    def action_compare(self) -> None:
        """The plan with the cursor beside the one before it, or else beside the one looked at."""
        line = self._current
        looked_at = next((each for each in self._plans.values() if each.looked_at), None)
        if line is None or looked_at is None:
            return
        before, now = None, line.record.id
        if not line.previous_code and looked_at is not line:
            pair = sorted((line.record, looked_at.record), key=lambda plan: plan.rules.period.start)
            before, now = (plan.id for plan in pair)
        start(self, partial(self._compare, before, now))

    async def _compare(self, before: str | None, now: str) -> None:
        try:
            found = await host(self).session.ask(compare, before, now)
        except SociusError as error:
            host(self).complain(error)
            return
        self.app.push_screen(ComparisonWindow(found))

    def action_use_plan(self) -> None:
        """Make it the plan that the file shows."""
        if (line := self._current) is not None:
            start(self, partial(self._write, UsePlan.of(plan_id=line.record.id)))

    def action_baselines(self) -> None:
        """The last values of the plan before it, as they are now, become its baselines."""
        if (line := self._current) is not None:
            start(self, partial(self._write, RenewBaselines.of(plan_id=line.record.id)))

    async def _write(self, operation: Operation) -> None:
        try:
            await host(self).write(operation)
        except SociusError as error:
            host(self).complain(error)
            return
        await self._load()


def _row(line: PlanLine) -> Row:
    plan = line.record
    return Row(
        plan.id,
        (
            "●" if line.shown else "",
            text.styled(plan.title, text.STRONG if line.looked_at else ""),
            text.plain(show.years(*plan.rules.period)),
            str(line.goals),
            str(line.indicators),
            str(line.targets),
        ),
    )


def _about(line: PlanLine) -> Content:
    """Its code, which plan it follows, who sees it."""
    facts = [text.plain(line.record.code)]
    if line.previous_code:
        facts.append(text.join(text.dim(_("follows") + " "), text.plain(line.previous_code)))
    if line.shown:
        facts.append(text.dim(_("● the file shows this one")))
    if line.looked_at:
        facts.append(text.dim(_("you are looking at it")))
    return text.spaced(facts)


class ComparisonWindow(Window[None]):
    """Each goal and indicator as it stood in the plan before, and as it stands now."""

    DEFAULT_CSS = """
    ComparisonWindow {
        & > #window { width: 130; max-width: 100%; height: 90%; }
        & LineTable { height: 1fr; }
        & #about { height: auto; margin-bottom: 1; }
    }
    """

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison
        self._lines = {line.there.id: line for line in comparison.lines}

    def heading(self) -> Content:
        """The two plans."""
        found = self._comparison
        return text.styled(f"{found.before_code} → {found.now_code}", text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Move, close."""
        return (text.key_hint("↑ ↓", _("choose")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """The list; below it the line with the cursor in full."""
        found = self._comparison
        yield LineTable(
            (
                Column(_("Goal or indicator"), weight=1),
                Column("", 9, from_width=74),
                Column(show.day(found.before_on), 11, "right"),
                Column(show.day(found.now_on), 11, "right"),
            ),
            id="comparison",
        )
        yield Static(id="about")

    async def on_mount(self) -> None:
        """Show it."""
        table = self.query_one(LineTable)
        table.focus()
        await table.show([_compared_row(line) for line in self._comparison.lines])
        self._tell(table.current_key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another line."""
        self._tell(message.key)

    def _tell(self, key: str) -> None:
        line = self._lines.get(key)
        self.query_one("#about", Static).update(_in_full(line) if line else text.NOTHING)


def _compared_row(line: ComparisonLine) -> Row:
    there = line.there
    label = text.join(
        "  " * max(there.depth - 1, 0),
        "" if there.level == "plan" else text.styled(there.code + " ", text.STRONG),
        text.plain(there.title),
    )
    mark = text.NOTHING if line.change == "continued" else text.dim(text.word(line.change))
    return Row(there.id, (label, mark, _side(line.before), _side(line.now)))


def _side(line: StatusLine | None) -> Content:
    """The symbol of the status and the progress."""
    if line is None:
        return text.NOTHING
    return text.spaced((show.percent(line.progress), text.status_symbol(line.status)), " ")


def _in_full(line: ComparisonLine) -> Content:
    """Status, value and target of both sides, on two lines."""
    return text.lines(
        text.spaced(
            (
                text.dim(word),
                text.plain(side.code if side.level != "plan" else ""),
                text.status_text(side.status),
                *_numbers(side),
            )
        )
        for word, side in ((_("before"), line.before), (_("now"), line.now))
        if side is not None
    )


def _numbers(line: StatusLine) -> Iterable[Content]:
    for word, value in (
        (_("baseline"), line.baseline),
        (_("value"), line.value),
        (_("target"), line.target),
    ):
        if value is not None:
            yield text.join(text.dim(word + " "), show.amount(value, line.unit))
