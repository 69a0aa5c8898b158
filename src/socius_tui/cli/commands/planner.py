"""`socius planner`: the visits that remain, spread over the weeks of work that remain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.completing import persons
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit, print_line, tell, tell_wrapped
from socius_tui.cli.parts import Command, Whole, format_option, option
from socius_tui.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from socius_tui.services.visit_planner import VisitPlan


@click.command(
    "planner",
    cls=Command,
    help=N_(
        "Who is still to be visited, and when that can be.\n\n"
        "The visits that remain are spread over the working weeks that remain: without public "
        "holidays, pauses of the plan and days off. Who was not reached before comes first, then "
        "the longest ago; neighbours are visited on one day."
    ),
    examples=(
        "socius planner",
        'socius planner --person "An Peeters" --per-week 3',
        "socius planner --week 3/9/2018 --accept",
    ),
)
@option("--person", metavar="NAME", help=N_("For whom, if not for you."), completer=persons)
@option("--per-week", type=Whole(), metavar="N", help=N_("At most so many visits in a week."))
@option("--week", metavar=N_("DATE"), help=N_("Only the week in which this day falls."))
@option("--accept", is_flag=True, help=N_("Plan the visits that are proposed."))
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    person: str | None,
    per_week: int | None,
    week: str | None,
    accept: bool,
    form: str,
) -> None:
    """Print the plan of visits, or carry it out."""
    from socius_tui.services.exchange.planner_tables import proposals_table
    from socius_tui.services.resolve import find_person
    from socius_tui.services.visit_planner import PlanVisits, visit_plan
    from socius_tui.services.visit_planner_words import summary

    with state.session() as session:
        who = find_person(session, person).id if person else state.me(session)
        found = visit_plan(session, who, per_week=per_week)
        found = _of_week(found, maybe_day(session, week, "--week"))
        if accept:
            visits = tuple(
                (p.candidate.organisation_id, p.day) for w in found.weeks for p in w.proposals
            )
            done = state.write(session, PlanVisits.of(visits=visits, visitor_id=who))
            tell(done.title)
            return
    if form == "table":
        for line in summary(found):
            tell_wrapped(line)
        print_line("")
    emit(proposals_table(found), form)


def _of_week(plan: VisitPlan, day: date | None) -> VisitPlan:
    if day is None:
        return plan
    weeks = [w for w in plan.weeks if 0 <= (day - w.week.monday).days < 7]
    return plan._replace(weeks=tuple(weeks))
