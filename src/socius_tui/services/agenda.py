"""The agenda: everything that is to be done, for one person or for all, on the day looked at.

In two steps, so that a screen has rows at once: `dated` asks the file, by its indexes, for what
has a day; `standing` works out how every indicator stands, which takes the whole plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from socius_tui.domain.agenda import (
    AgendaFilter,
    AgendaItem,
    AgendaPart,
    Matter,
    Standing,
    arranged,
    chosen,
    next_targets,
    with_standing,
)
from socius_tui.domain.codes import UPCOMING
from socius_tui.domain.judge import judge
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.programme import ActionLine
from socius_tui.services.evidence import read_evidence
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from socius_tui.store import actions, agenda, measurements, plans
from socius_tui.store.driver import Connection

#: Of visits and of follow-ups no more than so many are listed, the earliest.
MOST: Final = 1000


class Dated(NamedTuple):
    """What has a day; `cut` are the kinds of which there is more than is listed."""

    items: tuple[AgendaItem, ...]
    cut: tuple[Matter, ...] = ()


class Standings(NamedTuple):
    """How the indicators of the plan stand, and who owns them, by their ids."""

    lines: dict[str, Standing]
    owners: dict[str, str]


def dated(session: Session, wanted: AgendaFilter) -> Dated:
    """Visits, promises, actions, commitments, milestones and targets that a filter lets through."""
    plan, as_of = session.maybe_plan(), session.as_of
    person, until = wanted.owner_id, wanted.until

    def read(connection: Connection) -> Dated:
        visits = agenda.visits_to_come(connection, person, until, MOST + 1)
        promises = agenda.promises_to_keep(connection, person, until, MOST + 1)
        cut = [
            kind
            for kind, found in ((Matter.VISIT, visits), (Matter.FOLLOW_UP, promises))
            if len(found) > MOST
        ]
        items = [*visits[:MOST], *promises[:MOST]]
        if plan is not None:
            lines = actions.action_lines(connection, plan.id, owner_id=person, open_only=True)
            items += [
                _of_action(line)
                for line in lines
                if line.due_on is not None or line.year <= as_of.year
            ]
            targets = agenda.targets_to_reach(connection, person, plan.id, as_of)
            items += _judged(connection, plan, session, targets)
        return Dated(tuple(chosen(items, wanted)), tuple(cut))

    return session.read(read)


def standing(session: Session) -> Standings:
    """How every indicator of the plan stands on the day looked at."""
    plan = session.maybe_plan()
    if plan is None:
        return Standings({}, {})
    status = plan_status(session, plan=plan)
    indicators = session.read(lambda connection: plans.load_indicators(connection, plan.id))
    return Standings(
        {
            line.id: Standing(
                line.id,
                line.code,
                line.title,
                line.status.value,
                line.freshness,
                line.last_measurement,
                line.contact_person,
            )
            for line in status.lines
            if line.level == "indicator"
        },
        {each.id: each.owner_id for each in indicators if each.owner_id is not None},
    )


def completed(found: Dated, known: Standings, wanted: AgendaFilter) -> list[AgendaItem]:
    """The items of the first step with what the second knows of them."""
    return chosen(with_standing(found.items, known.lines, known.owners), wanted)


def agenda_of(session: Session, wanted: AgendaFilter) -> tuple[AgendaPart, ...]:
    """The whole agenda on the day looked at, arranged."""
    items = completed(dated(session, wanted), standing(session), wanted)
    return arranged(items, session.as_of)


def _of_action(line: ActionLine) -> AgendaItem:
    return AgendaItem(
        Matter.ACTION,
        line.id,
        line.due_on,
        line.title,
        detail=f"{line.goal} {line.goal_title}",
        state=line.state,
        owner_id=line.owner_id,
        owner=line.owner,
        goal_id=line.id,
    )


def _judged(
    connection: Connection, plan: PlanRecord, session: Session, items: Sequence[AgendaItem]
) -> list[AgendaItem]:
    """Commitments with the verdict on their period, and the next target of each indicator."""
    commitments = [item for item in items if item.kind is Matter.COMMITMENT]
    others = [item for item in items if item.kind is not Matter.COMMITMENT]
    return [
        *(item._replace(state=_verdict(connection, plan, session, item)) for item in commitments),
        *next_targets(others),
    ]


def _verdict(connection: Connection, plan: PlanRecord, session: Session, item: AgendaItem) -> str:
    """What became of a commitment so far. Only one that counts by itself asks for the log."""
    as_of, indicator_id = session.as_of, item.indicator_id
    (record,) = plans.load_indicators(connection, plan.id, indicator_id)
    if record.measure.computed is not None:
        judgement = read_evidence(connection, plan, as_of, indicator_id=indicator_id).judge(record)
    else:
        entries = measurements.entries(connection, plan.id, as_of, indicator_id=indicator_id)
        found = entries.get(record.id, ())
        judgement = judge(record.measure, found, plan.rules, as_of, looking_ahead=False)
    return next(
        (
            period.verdict
            for period in judgement.periods
            if period.period.end == item.day and period.qualifier == item.audience
        ),
        UPCOMING,
    )
