"""Where the support centre sits: mandates, memberships, networks, policy that it follows.

These are continuing efforts. They have no target to be held against, so nothing here is a
percentage: what can be said is whether one holds, who goes, and when somebody last went.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class MandateKind(StrEnum):
    """What sort of entry of the register it is."""

    MANDATE = "mandate"
    MEMBERSHIP = "membership"
    NETWORK = "network"
    POLICY_WATCH = "policy_watch"


class MandateState(StrEnum):
    """How an entry stands on a day."""

    CURRENT = "current"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    UNREPRESENTED = "unrepresented"


class Mandate(NamedTuple):
    """An entry of the register with its last attendance up to the as-of date.

    Both ends of the stretch belong to it; None is open. `goal_code` is '' when it serves none.
    """

    id: str
    kind: MandateKind
    name: str
    convenor: str
    purpose: str
    representative_id: str | None
    representative: str
    goal_code: str
    starts_on: date | None
    ends_on: date | None
    attended_on: date | None
    source_line: str

    def state(self, as_of: date) -> MandateState:
        """How it stands on a day: what is over or not begun lacks no representative."""
        if self.ends_on is not None and self.ends_on < as_of:
            return MandateState.ENDED
        if self.starts_on is not None and as_of < self.starts_on:
            return MandateState.NOT_STARTED
        if self.representative_id is None:
            return MandateState.UNREPRESENTED
        return MandateState.CURRENT

    def days_since(self, as_of: date) -> int | None:
        """Days since somebody was last there, from 0; None when nobody ever was."""
        return None if self.attended_on is None else (as_of - self.attended_on).days
