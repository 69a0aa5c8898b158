"""What is to be done and when: one list out of visits, promises, targets, actions, silences.

Pure: what is planned comes in as matters, with today as an argument; out comes in which part of
the list each stands, and in which order.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.model import Status


class Matter(StrEnum):
    """What stands in the agenda, in the order in which those of one day are listed."""

    VISIT = "visit"
    FOLLOW_UP = "follow_up"
    ACTION = "action"
    COMMITMENT = "commitment"
    MILESTONE = "milestone"
    TARGET = "target"
    STALE = "stale"


class Part(StrEnum):
    """The parts of the agenda, from top to bottom."""

    OVERDUE = "overdue"
    WEEK = "this_week"
    MONTH = "this_month"
    LATER = "later"
    UNDATED = "undated"
    SILENT = "silent"


class AgendaItem(NamedTuple):
    """Something to do.

    `id` is its row: a visit, a follow-up, an action, a target or, for a stale indicator, that
    indicator. `state` is a word of the program: of a visit "planned", of an action one of
    `programme.STATES`, of a commitment the verdict on its period, of a milestone or target the
    status of its indicator ("" while that is not known), of a stale indicator its freshness.
    `detail` says what it comes from, `audience` whom a commitment is for this year. `amount` is
    the decimal text of what a target asks, in the unit that is then its `detail`. `day` is when
    it is due, None where nobody said.
    """

    kind: Matter
    id: str
    day: date | None
    title: str
    detail: str = ""
    state: str = ""
    owner_id: str | None = None
    owner: str = ""
    audience: str = ""
    amount: str = ""
    goal_id: str | None = None
    indicator_id: str | None = None
    organisation_id: str | None = None
    visit_id: str | None = None

    @property
    def key(self) -> str:
        """What tells it from all others: two kinds can speak of the same row."""
        return f"{self.kind}:{self.id}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do for it, though it is still shown."""
        return self.state in (codes.FULFILLED, codes.NOT_APPLICABLE, Status.MET)


class AgendaFilter(NamedTuple):
    """Whose and which; None is all. `until` leaves out what is due later."""

    owner_id: str | None = None
    kind: Matter | None = None
    until: date | None = None


class AgendaPart(NamedTuple):
    """A part of the agenda with what stands in it."""

    part: Part
    items: tuple[AgendaItem, ...]


class Standing(NamedTuple):
    """How an indicator stands, as far as the agenda needs to know."""

    id: str
    code: str
    title: str
    status: str
    freshness: str
    last: date | None
    owner: str


_ORDER: Final = {kind: number for number, kind in enumerate(Matter)}
_SILENT: Final = (codes.STALE, codes.NEVER)


def part_of(item: AgendaItem, today: date) -> Part:
    """In which part something stands.

    Overdue is what was to be done before today and is not settled: also a planned visit of which
    nobody said whether it took place. The week ends on Sunday, the month with its last day; what
    is in this week is not in this month again.
    """
    if item.kind is Matter.STALE:
        return Part.SILENT
    if item.day is None:
        return Part.UNDATED
    if item.day < today and not item.is_settled:
        return Part.OVERDUE
    if item.day <= end_of_week(today):
        return Part.WEEK
    if (item.day.year, item.day.month) == (today.year, today.month):
        return Part.MONTH
    return Part.LATER


def end_of_week(day: date) -> date:
    """The Sunday of the week of a day (ISO 8601: a week begins on Monday)."""
    return day + timedelta(days=7 - day.isoweekday())


def arranged(items: Iterable[AgendaItem], today: date) -> tuple[AgendaPart, ...]:
    """The agenda: parts from top to bottom, in each the earliest first; empty parts are left out.

    On one day in the order of `Matter`, then by title.
    """
    found: dict[Part, list[AgendaItem]] = {part: [] for part in Part}
    for item in items:
        found[part_of(item, today)].append(item)
    return tuple(
        AgendaPart(part, tuple(sorted(inside, key=_place)))
        for part, inside in found.items()
        if inside
    )


def chosen(items: Iterable[AgendaItem], wanted: AgendaFilter) -> list[AgendaItem]:
    """What a filter lets through."""
    return [
        item
        for item in items
        if (wanted.owner_id is None or item.owner_id == wanted.owner_id)
        and (wanted.kind is None or item.kind is wanted.kind)
        and (wanted.until is None or item.day is None or item.day <= wanted.until)
    ]


def next_targets(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Of the targets of each indicator only those that fall due first: the rest is the plan."""
    first: dict[str | None, date] = {}
    targets = list(items)
    for item in targets:
        if item.day is not None:
            known = first.get(item.indicator_id, item.day)
            first[item.indicator_id] = min(known, item.day)
    return [item for item in targets if first.get(item.indicator_id) == item.day]


def with_standing(
    items: Iterable[AgendaItem], standing: Mapping[str, Standing], owners: Mapping[str, str]
) -> list[AgendaItem]:
    """The same items once the status of the indicators is known.

    Targets and milestones get the status of their indicator; a target that is met is nothing to
    do, and goes. Indicators that are stale or never measured come in, unless something about them
    is in the list already. `owners` gives the id of the owner of an indicator.
    """
    found: list[AgendaItem] = []
    spoken_of: set[str | None] = set()
    for item in items:
        line = standing.get(item.indicator_id or "")
        if item.kind in (Matter.TARGET, Matter.MILESTONE) and line is not None:
            if line.status == Status.MET:
                continue
            item = item._replace(state=line.status)
        if item.kind in (Matter.COMMITMENT, Matter.MILESTONE):
            spoken_of.add(item.indicator_id)
        found.append(item)
    found += (
        AgendaItem(
            Matter.STALE,
            line.id,
            line.last,
            f"{line.code} {line.title}",
            state=line.freshness,
            owner_id=owners.get(line.id),
            owner=line.owner,
            indicator_id=line.id,
        )
        for line in standing.values()
        if line.freshness in _SILENT and line.id not in spoken_of
    )
    return found


def counts(parts: Sequence[AgendaPart]) -> dict[Part, int]:
    """How much stands in each part."""
    return {part.part: len(part.items) for part in parts}


def _place(item: AgendaItem) -> tuple[date, int, str, str]:
    return item.day or date.min, _ORDER[item.kind], item.title, item.id
