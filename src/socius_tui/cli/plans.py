"""What `socius plan` does: prints plans, chooses one, makes the next, compares two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import emit, print_known, print_line, print_sheet, tell
from socius_tui.domain.dates import format_date, format_period
from socius_tui.domain.numbers import format_number
from socius_tui.i18n import _, get_language

if TYPE_CHECKING:
    from socius_tui.services.carrying import CarryOver
    from socius_tui.services.session import Session


class NewPlan(NamedTuple):
    """The options of `socius plan new`, as they were typed."""

    previous: str
    code: str
    title: str
    start: str | None
    end: str | None
    goal_codes: tuple[str, ...]
    everything: bool
    without: tuple[str, ...]
    renames: tuple[str, ...]
    targets: str
    use: bool
    dry_run: bool
    form: str


def print_plans(state: State, form: str) -> None:
    """The plans of the file."""
    from socius_tui.services.exchange.plan_tables import plans_table
    from socius_tui.services.plans import plan_lines

    with state.session() as session:
        emit(plans_table(plan_lines(session)), form, session.known_at)


def print_plan(state: State, code: str | None) -> None:
    """The sheet of one plan."""
    from socius_tui.services.plans import plan_lines
    from socius_tui.services.resolve import find_plan

    with state.session() as session:
        wanted = session.plan().id if code is None else find_plan(session, code).id
        lines = plan_lines(session)
        known_at = session.known_at
    line = next(line for line in lines if line.record.id == wanted)
    plan, language = line.record, get_language()
    rules = plan.rules
    following = [other.record.code for other in lines if other.record.previous_id == plan.id]
    boundaries = (rules.on_track_from, rules.attention_from)
    print_sheet(
        f"{plan.code} {plan.title}",
        [
            (_("Organisation"), plan.organisation),
            (_("Period"), format_period(*rules.period, language)),
            (_("Shown"), _("yes") if line.shown else _("no")),
            (_("Follows"), line.previous_code),
            (_("Followed by"), ", ".join(following)),
            (_("Goals"), str(line.goals)),
            (_("Indicators"), str(line.indicators)),
            (_("Targets"), str(line.targets)),
            (_("Measurements"), str(line.measurements)),
            (
                _("On track, attention from"),
                "; ".join(format_number(x, language, places=2) for x in boundaries),
            ),
            (_("Pauses"), "; ".join(format_period(*pause, language) for pause in rules.pauses)),
            (
                _("Coverage"),
                _("of the organisations recognised on the day")
                if plan.coverage_fixed is None
                else _("of {n} organisations").format(n=plan.coverage_fixed),
            ),
        ],
    )
    print_known(known_at)


def use_plan(state: State, code: str) -> None:
    """Make a plan the one that the file shows."""
    from socius_tui.services.planning import UsePlan
    from socius_tui.services.resolve import find_plan

    with state.session() as session:
        plan = find_plan(session, code)
        done = state.write(session, UsePlan.of(plan_id=plan.id))
    tell(done.title)


def new_plan(state: State, given: NewPlan) -> None:
    """Make a plan, or say what it would hold."""
    from socius_tui.services.carrying import proposal
    from socius_tui.services.carrying_words import proposal_lines
    from socius_tui.services.exchange.plan_tables import proposal_table

    with state.session() as session:
        wanted = _wanted(session, given)
        found = proposal(session, wanted)
        done = None if given.dry_run else state.write(session, wanted)
    if given.form != "table" or done is None:
        emit(proposal_table(found), given.form)
    if given.form == "table":
        if done is not None:
            tell(done.title)
        for line in proposal_lines(found):
            tell(line)
        if found.early:
            tell(_("That is `socius plan baselines {plan}`.").format(plan=found.code))
        if done is None:
            tell(_("Nothing was written."))


def _wanted(session: Session, given: NewPlan) -> CarryOver:
    from socius_tui.services.carrying import CarryOver
    from socius_tui.services.carrying_choice import renames_from
    from socius_tui.services.resolve import find_goal, find_indicator, find_plan

    if given.goal_codes and given.everything:
        raise invalid("--goal", _("it cannot go with --all"), _("Leave one of the two out."))
    previous = find_plan(session, given.previous)
    session.set_plan(previous.id)  # codes are those of the plan that it follows
    return CarryOver.of(
        previous_id=previous.id,
        code=given.code,
        title=given.title,
        starts_on=maybe_day(session, given.start, "--start"),
        ends_on=maybe_day(session, given.end, "--end"),
        goal_ids=tuple(find_goal(session, code).id for code in given.goal_codes) or None,
        without_indicator_ids=tuple(find_indicator(session, code).id for code in given.without),
        renames=renames_from(given.renames),
        targets=given.targets,
        use=given.use,
    )


def renew_baselines(state: State, code: str, *, dry_run: bool, form: str) -> None:
    """Take the baselines of a plan again from the one before, or say which would change."""
    from socius_tui.services.baselines import RenewBaselines, renewed_baselines
    from socius_tui.services.exchange.plan_tables import baselines_table
    from socius_tui.services.resolve import find_plan

    with state.session() as session:
        plan = find_plan(session, code)
        changes = renewed_baselines(session, plan.id)
        done = None if dry_run else state.write(session, RenewBaselines.of(plan_id=plan.id))
    if changes or form != "table":
        emit(baselines_table(changes), form)
    if form == "table":
        tell(_("Nothing was written.") if done is None else done.title)


def print_comparison(state: State, codes: Sequence[str], form: str) -> None:
    """Two plans beside each other."""
    from socius_tui.services.comparing import compare
    from socius_tui.services.exchange.plan_tables import comparison_table
    from socius_tui.services.resolve import find_plan

    if len(codes) > 2:
        raise invalid(_("PLAN"), _("two plans are compared, not more"))
    with state.session() as session:
        ids = [find_plan(session, code).id for code in codes]
        found = compare(session, *ids)
        known_at = session.known_at
    emit(comparison_table(found), form)
    if form in ("table", "markdown"):
        language = get_language()
        print_line("")
        tell(
            _("Before: {plan} as of {day}. Now: {other} as of {today}.").format(
                plan=found.before_code,
                day=format_date(found.before_on, language),
                other=found.now_code,
                today=format_date(found.now_on, language),
            )
        )
        print_known(known_at)
