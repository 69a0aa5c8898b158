"""The one place that asks what day and moment it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol


class Clock(Protocol):
    """Gives the moment in UTC and the calendar day where the user is."""

    def now(self) -> datetime:
        """The moment, with time zone UTC."""

    def today(self) -> date:
        """The calendar day where the user is: a visit's date is a local date."""


class SystemClock:
    """The clock of the computer."""

    def now(self) -> datetime:
        """The moment in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The local calendar day."""
        return datetime.now().astimezone().date()


class FixedClock(NamedTuple):
    """A clock that stands still: for a demo, and for tests."""

    moment: datetime

    def now(self) -> datetime:
        """The fixed moment."""
        return self.moment

    def today(self) -> date:
        """The day of the fixed moment."""
        return self.moment.date()
