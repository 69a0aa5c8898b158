"""What a row of a list would do, and why one cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from socius_tui.services.exchange.tabular.source import Found, Rejection
from socius_tui.services.importing.fields import Value
from socius_tui.services.importing.mapping import Columns


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


class FieldChange(NamedTuple):
    """A field that gets another value: its name, what it held, what it will hold."""

    field: str
    before: str
    after: str


class Outcome(NamedTuple):
    """What a row would do: to what (`label`, for people), and which fields it changes.

    `id` is the row of the file that it is about, "" for a new one; `values` are for whoever
    carries it out.
    """

    state: State
    label: str
    id: str = ""
    changes: tuple[FieldChange, ...] = ()
    values: object = None


class Refused(Exception):
    """A row cannot be taken: the rule, a sentence, what to do, and the field it is about.

    `like` is the id of what it looks like, where it may be the same.
    """

    def __init__(
        self, rule: str, sentence: str, hint: str = "", field: str = "", like: str = ""
    ) -> None:
        super().__init__(sentence)
        self.like = like
        self.rule, self.sentence, self.hint, self.field = rule, sentence, hint, field


class ListRow(NamedTuple):
    """A row of a list as values by field; what is not in it is empty or has no column."""

    number: int
    values: dict[str, Value]


class Line(NamedTuple):
    """A row in the preview."""

    row: int
    state: State
    label: str
    changes: tuple[FieldChange, ...] = ()


class Preview(NamedTuple):
    """What an import would do. `lines` and `rejections` are the first of each state.

    `late` says that something in a closed period would change, which asks for a reason. `likes`
    gives for a row that may be the same as something in the file the id of that.
    """

    kind: str
    file: str
    sheet: str
    sheets: tuple[str, ...]
    form: str
    found: Found
    columns: Columns
    remarks: tuple[str, ...]
    counts: dict[State, int]
    lines: tuple[Line, ...]
    rejections: tuple[Rejection, ...]
    late: str = ""
    likes: Mapping[int, str] = {}

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        return sum(self.counts.values())

    @property
    def writes(self) -> int:
        """How many rows would change something."""
        return self.counts[State.NEW] + self.counts[State.CHANGED]
