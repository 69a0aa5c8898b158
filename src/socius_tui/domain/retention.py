"""Which backups may go: many of today, fewer of last week, one a month of last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

#: Up to this age one stays of each of these: the newest of every hour, day, week, month.
TIERS: Final[tuple[tuple[timedelta, Callable[[datetime], object]], ...]] = (
    (timedelta(hours=2), lambda moment: moment),
    (timedelta(days=2), lambda moment: (moment.date(), moment.hour)),
    (timedelta(days=7), lambda moment: moment.date()),
    (timedelta(weeks=5), lambda moment: moment.isocalendar()[:2]),
    (timedelta(days=366), lambda moment: (moment.year, moment.month)),
)

#: One that was made before something big stays so many days, whatever came after it.
HELD: Final = {
    "upgrade": 30,
    "restore": 30,
    "erasure": 30,
    "import": 30,
    "undo": 30,
    "repair": 30,
    "manual": 7,
}

#: So many of the newest stay however old they are: a clock that leaps ahead takes nothing away.
NEWEST: Final = 5


class Moment(NamedTuple):
    """When a backup was made: its place in the row of all, the moment by the clock, and why."""

    sequence: int
    moment: datetime
    why: str


def may_go(made: Iterable[Moment], now: datetime) -> list[Moment]:
    """The backups that are no longer needed, oldest first; none when the clock went backwards.

    The newest is the one with the highest sequence: a clock can be wrong.
    """
    ordered = sorted(made)
    newest = ordered[-NEWEST:]
    if any(one.moment > now for one in newest):
        return []
    stays = {one.sequence for one in newest}
    for limit, slot in TIERS:
        # Later ones take the place of earlier ones in the same hour, day, week or month.
        young = (one for one in ordered if now - one.moment <= limit)
        stays |= {one.sequence for one in {slot(one.moment): one for one in young}.values()}
    return [
        one
        for one in ordered
        if one.sequence not in stays
        and now - one.moment > timedelta(days=HELD.get(one.why, 0))
        and one.moment <= now
    ]
