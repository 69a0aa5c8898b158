"""What a use case changed: told once, after the commit, to everything that shows data."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from typing import NamedTuple


class Change(NamedTuple):
    """One row that came, changed or went: `kind` is the table's name, `verb` what happened."""

    kind: str
    id: str
    verb: str  # "added", "changed", "retired", "removed"


class ChangeSet(NamedTuple):
    """All rows of one use case, with its name for people and who did it.

    `key` is how the journal calls it; None when nothing was changed.
    """

    title: str
    changes: tuple[Change, ...]
    actor: str | None = None
    key: str | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of data that changed."""
        return frozenset(change.kind for change in self.changes)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the changed rows of a kind, in order of writing."""
        return tuple(dict.fromkeys(c.id for c in self.changes if c.kind == kind))
