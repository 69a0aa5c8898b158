"""What the page of the director says beside how far the plan is."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.model import Rules, Status
from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.domain.reporting import Reporting
from socius_tui.domain.schedule import calendar

FOLLOW_UP: Final = "follow_up"
TARGET: Final = "target"
DATA: Final = "data"
AHEAD_DAYS: Final = 60  # how far ahead a target or a promise is said to fall due
_WAITING: Final = (codes.STALE, codes.NEVER, codes.AGEING)


class NextVisit(NamedTuple):
    """The organisation to visit first; `last_visit` is None when it was never visited."""

    organisation_id: str
    organisation: str
    last_visit: date | None


class WorkTypePace(NamedTuple):
    """What the coverage of a work type still asks this year.

    `to_go` are recognised organisations not visited this year, `planned` those of them with a
    planned visit, `per_week` how many a week that is for the rest of the year: None when none
    of it is left. The total has no `first`, and an empty id.
    """

    work_type_id: str
    to_go: int
    planned: int
    per_week: Fraction | None
    first: NextVisit | None


class Quality(NamedTuple):
    """How good the data of a goal, or of the plan, are: three numbers that hide nothing.

    `reporting` adds up what was due below it; `stale` and `never` of `of` indicators have old
    data, and none at all.
    """

    reporting: Reporting
    stale: int
    never: int
    of: int


class DueLine(NamedTuple):
    """Something that waits: a promise, a target that falls due, an indicator without fresh data.

    `kind` is FOLLOW_UP, TARGET or DATA; `opens` the id of what it is about (`about` says of
    which sort: visit, goal, indicator or ""); `when` the day it is due, or was last measured.
    `late` says that its time has passed. `state` of DATA is its freshness.
    """

    kind: str
    id: str
    about: str
    opens: str
    when: date | None
    code: str
    title: str
    who: str
    late: bool
    state: str = ""


def weeks_left(rules: Rules, as_of: date) -> Fraction:
    """The weeks after a day until the end of its year, or of the plan if that is sooner.

    Pauses of the plan are taken out. Never below 0.
    """
    end = min(date(as_of.year, 12, 31), rules.period.end)
    days = calendar(rules.pauses).between(as_of.toordinal() + 1, end.toordinal())
    return Fraction(days, 7)


def per_week(to_go: int, weeks: Fraction) -> Fraction | None:
    """How many a week that is; 0 when nothing is to go, None when there is no week left."""
    if not to_go:
        return Fraction(0)
    return Fraction(to_go) / weeks if weeks > 0 else None


def quality(status: PlanStatus, reportings: Mapping[str, Reporting]) -> dict[str, Quality]:
    """The quality of the data of every line, by id; `reportings` is by indicator id.

    Counts are added up, so that a goal with many reports weighs as many: 8 due, 7 reported, 5
    in time beside 2 due and none reported is 7 of 10 and 5 of 10. Of an indicator that is
    "not applicable" nothing is asked. Source: design, section 4 ("Completeness").
    """
    found: dict[str, Quality] = {}
    below: dict[str | None, list[Quality]] = {}
    for line in reversed(status.lines):  # depth first, so from below upwards
        parts = below.pop(line.id, [])
        if line.level == "indicator":
            parts.append(_own(line, reportings.get(line.id)))
        found[line.id] = _added(parts)
        below.setdefault(line.parent_id, []).append(found[line.id])
    return found


def _own(line: StatusLine, reporting: Reporting | None) -> Quality:
    asked = line.of > 0
    return Quality(
        reporting if reporting is not None and asked else Reporting(0, 0, 0),
        int(asked and line.freshness == codes.STALE),
        int(asked and line.freshness == codes.NEVER),
        int(asked),
    )


def _added(parts: Iterable[Quality]) -> Quality:
    there = list(parts)
    return Quality(
        Reporting(
            sum(part.reporting.due for part in there),
            sum(part.reporting.reported for part in there),
            sum(part.reporting.on_time for part in there),
        ),
        sum(part.stale for part in there),
        sum(part.never for part in there),
        sum(part.of for part in there),
    )


def waiting_for_data(status: PlanStatus) -> list[DueLine]:
    """Indicators without fresh data: never measured first, then the longest ago."""
    waiting = [
        line
        for line in status.lines
        if line.level == "indicator" and line.freshness in _WAITING and line.of
    ]
    waiting.sort(key=lambda line: (line.last_measurement or date.min, line.code))
    return [
        DueLine(
            DATA,
            line.id,
            "indicator",
            line.id,
            line.last_measurement,
            line.code,
            line.title,
            line.contact_person,
            line.freshness != codes.AGEING,
            line.freshness,
        )
        for line in waiting
    ]


def due_until(as_of: date) -> date:
    """The last day that is looked ahead to."""
    return min(as_of, date.max - timedelta(days=AHEAD_DAYS)) + timedelta(days=AHEAD_DAYS)


def still_open(status: PlanStatus, indicator_id: str) -> bool:
    """Whether an indicator has something to do for its target: it is not met."""
    line = status.find(indicator_id)
    return line is not None and line.of > 0 and line.status is not Status.MET
