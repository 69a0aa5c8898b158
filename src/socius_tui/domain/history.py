"""What the journal tells people: entries of the history, and what somebody wants to see of it."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date, datetime
from typing import NamedTuple


class HistoryFilter(NamedTuple):
    """What of the history to show; None or empty means: all.

    `kind` is one of `services.history.KINDS`; `since` and `until` are days where the user is;
    `text` are words of the title or the reason.
    """

    actor: str | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    text: str = ""


class Topic(NamedTuple):
    """What a history is about: a goal, indicator, organisation or visit, by table and id."""

    kind: str
    id: str


class Place(NamedTuple):
    """Where an entry is in the journal: changes `first` to `last` of one file that writes.

    `number` is that of the change set; None: another program wrote these changes.
    """

    clock: int
    replica: str
    first: int
    last: int
    number: int | None

    @property
    def key(self) -> str:
        """A name for it that stays the same: that of the change set, where there is one."""
        if self.number is None:
            return f"{self.replica}:+{self.first}"
        return f"{self.replica}:{self.number}"

    @property
    def size(self) -> int:
        """How many rows changed."""
        return self.last - self.first + 1


class FieldChange(NamedTuple):
    """One column of one row that changed.

    `old` and `new` are in words of the interface, `was` and `became` the same for a file: ISO
    dates, decimal points, codes.
    """

    column: str
    label: str
    old: str
    new: str
    was: str
    became: str


class Detail(NamedTuple):
    """One row that changed: what it is in words, what became of it, and its columns.

    `verb` is added, changed, taken_out, brought_back or removed. `shown_by` is what a screen
    can show of it (an organisation, a visit, a goal or an indicator), None when it is gone.
    """

    kind: str
    id: str
    verb: str
    head: str
    fields: tuple[FieldChange, ...]
    shown_by: Topic | None = None


class Entry(NamedTuple):
    """One thing that somebody did.

    `moment` is on the clock of the user, None when what is stored is no moment. `summary` is
    the most important of what changed, in short. `undone`: it was taken back later. `undoes`:
    it took something back.
    """

    place: Place
    moment: datetime | None
    who: str
    what: str
    reason: str
    summary: str
    undone: bool
    undoes: bool

    @property
    def key(self) -> str:
        """A name for it that stays the same."""
        return self.place.key
