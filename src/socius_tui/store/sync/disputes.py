"""Finds where laptops wrote different things about one row without knowing of each other.

It follows from the journal alone, so every laptop with the same transactions finds the same.
Of two values for a column the later one stands and the other is told; who then writes that column
and knew of both has settled it. A value that somebody saw before writing another is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.comparison import same
from socius_tui.store.journal.knowing import Knowledge
from socius_tui.store.journal.projection import Entry, Row, applied, entries_of
from socius_tui.store.journal.shapes import Shape, shape
from socius_tui.store.journal.triggers import Table
from socius_tui.store.journal.values import Value, decoded

Rule = Literal["value", "retired", "removed", "set_aside"]

#: When something was written down differs by nature, and is nobody's word.
_STAMPS: Final = frozenset(("recorded_at", "written_at", "decided_at", "changed_at", "position"))


class Dispute(NamedTuple):
    """Two changes of a row, of which neither knew the other.

    `value`: both wrote `column`; `other` is what does not stand, `stands` what does now, which
    `last` wrote.
    `retired`, `removed`: one took the row out of use (or away), the other changed `column`.
    `set_aside`: what `lost` wrote would break a rule of the row together with what `won` wrote.
    """

    rule: Rule
    kind: str
    row_id: str
    column: str
    lost: Entry
    won: Entry
    other: Value
    stands: Value
    last: Entry

    @property
    def subject(self) -> str:
        """What it is about, the same on every laptop."""
        places = (f"{e.replica}:{e.sequence}" for e in (self.lost, self.won))
        return "/".join((self.kind, self.row_id, self.column, *places))


def disputes_of(
    connection: Connection, table: Table, ids: Iterable[str], knowledge: Knowledge
) -> Iterator[Dispute]:
    """The open disputes about these rows of a table, those that were decided too."""
    form = shape(connection, table)
    walks: dict[str, _Walk] = {}
    for entry in entries_of(connection, table.name, ids):
        walk = walks.get(entry.row_id)
        if walk is None:
            walk = walks[entry.row_id] = _Walk(form, knowledge)
        walk.take(entry)
    for walk in walks.values():
        yield from walk.found()


class _Cell(NamedTuple):
    """What a column holds, and who wrote that; several wrote the same and did not know it."""

    value: Value
    entries: tuple[Entry, ...]


class _Walk:
    """Follows the changes of one row in the order that counts."""

    def __init__(self, form: Shape, knowledge: Knowledge) -> None:
        self._form = form
        self._knowledge = knowledge
        self._row: Row | None = None
        self._cells: dict[str, _Cell] = {}
        self._ends: list[Entry] = []  # those that took the row out of use, or away
        self._edits: list[Entry] = []
        self._open: list[Dispute] = []

    def take(self, entry: Entry) -> None:
        """One more change."""
        before = self._row
        self._row = applied(before, entry, self._form)
        self._open = [one for one in self._open if not self._settles(entry, one)]
        if self._row is before:
            self._set_aside(entry)
            return
        if entry.verb == "D":
            self._end(entry, "removed")
            return
        cells = self._written(entry)
        for column, value in cells.items():
            self._write(entry, column, value)
        if cells.get("retired_at") is not None:
            self._end(entry, "retired")
        elif cells.keys() - {"retired_at"} - _STAMPS:
            self._edit(entry)

    def found(self) -> Iterator[Dispute]:
        """What is open at the end; of a row that is back in use nobody asks who retired it."""
        assert self._row is not None
        for one in self._open:
            if one.rule == "retired" and self._row.cells.get("retired_at") is None:
                continue
            if one.rule == "removed" and self._row.live:
                continue
            if one.rule != "value":
                yield one
                continue
            cell = self._cells[one.column]
            if not same(one.other, cell.value):
                yield one._replace(stands=cell.value, last=cell.entries[-1])

    def _knew(self, later: Entry, earlier: Entry) -> bool:
        known = self._knowledge.known(later.replica, later.sequence, earlier.replica)
        return known >= earlier.sequence

    def _settles(self, entry: Entry, one: Dispute) -> bool:
        """Whether a change was made by somebody who knew of both sides, of the same thing.

        Who knew the value that does not stand, and wrote another, has left it behind.
        """
        if not self._knew(entry, one.lost):
            return False
        if one.rule == "value":
            return entry.verb != "U" or one.column in decoded(entry.new)
        if not self._knew(entry, one.won):
            return False
        if one.rule in ("removed", "set_aside"):
            return True
        return entry.verb != "U" or one.column in decoded(entry.new) or one.rule == "retired"

    def _written(self, entry: Entry) -> dict[str, Value]:
        cells = decoded(entry.new)
        if entry.verb == "I":  # also what it does not name has a value then
            cells = {**self._form.empty, **cells}
        return {name: value for name, value in cells.items() if name in self._form.empty}

    def _write(self, entry: Entry, column: str, value: Value) -> None:
        last = self._cells.get(column)
        unknown = tuple(e for e in last.entries if not self._knew(entry, e)) if last else ()
        if last is None or same(last.value, value):
            self._cells[column] = _Cell(value, (*unknown, entry))
            return
        self._cells[column] = _Cell(value, (entry,))
        if column in _STAMPS:
            return
        if entry.verb == "I" and same(last.value, self._form.empty[column]):
            return  # made twice; what nobody filled in is no word against what somebody did
        for other in unknown:
            self._tell("value", column, other, entry, last.value, value)

    def _end(self, entry: Entry, rule: Rule) -> None:
        self._ends.append(entry)
        for edit in self._edits:
            if not self._knew(entry, edit):
                self._tell(rule, _main_column(edit), edit, entry, None, None)

    def _edit(self, entry: Entry) -> None:
        self._edits.append(entry)
        for end in self._ends:
            if not self._knew(entry, end):
                rule: Rule = "removed" if end.verb == "D" else "retired"
                self._tell(rule, _main_column(entry), entry, end, None, None)

    def _set_aside(self, entry: Entry) -> None:
        won = next(
            (
                other
                for cell in sorted(self._cells.values(), key=lambda c: -c.entries[-1].clock)
                for other in cell.entries
                if not self._knew(entry, other)
            ),
            entry,
        )
        for column, value in self._written(entry).items():
            stands = self._row.cells[column] if self._row else None
            self._tell("set_aside", column, entry, won, value, stands)

    def _tell(
        self, rule: Rule, column: str, lost: Entry, won: Entry, other: Value, stands: Value
    ) -> None:
        kind, row_id = won.kind, won.row_id
        self._open.append(Dispute(rule, kind, row_id, column, lost, won, other, stands, won))


def _main_column(entry: Entry) -> str:
    """One column of a change, by which it is named."""
    return min(decoded(entry.new), default="")
