"""What widgets and screens tell each other: intent goes up, news of writes comes down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.message import Message

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.filters import VisitFilter


class DataChanged(Message):
    """The file holds something new; `changes` is None when another program wrote it."""

    def __init__(self, changes: ChangeSet | None) -> None:
        super().__init__()
        self.changes = changes

    def touches(self, *kinds: str) -> bool:
        """Whether one of these kinds of data may have changed."""
        return self.changes is None or not self.changes.kinds.isdisjoint(kinds)


class OpenGoal(Message):
    """Show a goal or an indicator on the screen of goals."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier


class OpenVisit(Message):
    """Show a visit on the screen of visits."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier


class OpenOrganisation(Message):
    """Show an organisation on the screen of organisations."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier


class OpenWorkType(Message):
    """Show the organisations of one work type; an empty id is all of them."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier = identifier


class OpenView(Message):
    """Show a saved view: its screen, and the values of its filter by field."""

    def __init__(self, screen: str, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.screen = screen
        self.values = values


class ShowVisits(Message):
    """Show the screen of visits with a filter."""

    def __init__(self, wanted: VisitFilter) -> None:
        super().__init__()
        self.wanted = wanted
