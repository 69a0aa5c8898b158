"""What is chosen on a screen, so that a form can begin with it."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """The ids of what the cursor is on; all None when it is on nothing."""

    goal_id: str | None = None
    indicator_id: str | None = None
    organisation_id: str | None = None
    visit_id: str | None = None
