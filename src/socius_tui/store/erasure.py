"""Finds all that the file holds on a person, and takes it out of rows, journal and drafts.

The journal only grows, but for this: what it says of the person is rewritten as if it had never
been said, so that history, rows and checks still agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from socius_tui.domain.redaction import ERASED, Redactor
from socius_tui.domain.text import fold
from socius_tui.store.driver import Connection
from socius_tui.store.ids import time_ordered_ids
from socius_tui.store.journal.keeping import resting
from socius_tui.store.journal.projection import Entry, entries_of, present_rows
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow, digest_of
from socius_tui.store.journal.shapes import shape
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted
from socius_tui.store.journal.values import Value, decoded, encoded
from socius_tui.store.landmarks import passed

#: What a row about a person is after erasing, besides the name.
_EMPTIED: Final[Mapping[str, Mapping[str, Value]]] = {
    "person": {"name": ERASED, "active_from": None, "active_until": None},
    "organisation_contact": {"name": ERASED, "function": None, "email": "", "phone": ""},
    "visit_met": {"name": ERASED, "contact_id": None},
}
#: Names of other things stay: an organisation may be called after somebody.
_NAMES_OF_THINGS: Final = frozenset(
    (("organisation", "name"), ("plan", "title"), ("plan", "organisation"), ("goal", "title"))
)


class Bearer(NamedTuple):
    """A row that is about a person: `kind` is person, organisation_contact or visit_met."""

    kind: str
    id: str
    name: str
    organisation_id: str | None


class Mention(NamedTuple):
    """A text in which the person is named."""

    kind: str
    row_id: str
    column: str
    text: str


class Erased(NamedTuple):
    """What was taken out: rows of the tables, entries of the journal, drafts."""

    rows: int
    changes: int
    drafts: int


def bearers(connection: Connection, name: str) -> list[Bearer]:
    """The rows about somebody with this name (case and accents do not matter), also retired."""
    wanted = fold(name.strip())
    rows = connection.execute(
        "SELECT 'person', id, name, NULL FROM person"
        " UNION ALL SELECT 'organisation_contact', id, name, organisation_id"
        "  FROM organisation_contact"
        " UNION ALL SELECT 'visit_met', m.id, m.name, v.organisation_id"
        "  FROM visit_met m JOIN visit v ON v.id = m.visit_id"
    )
    return [found for found in map(Bearer._make, rows) if fold(found.name) == wanted]


def identifying(connection: Connection, rows: Sequence[Bearer]) -> set[str]:
    """Names, e-mail addresses and telephone numbers of these rows, earlier ones too."""
    found = {row.name for row in rows}
    for kind in ("person", "organisation_contact"):
        for entry in entries_of(connection, kind, [row.id for row in rows if row.kind == kind]):
            for cells in (decoded(entry.old), decoded(entry.new)):
                found |= {str(cells[c]) for c in ("name", "email", "phone") if cells.get(c)}
    return found - {ERASED, ""}


def part_of(connection: Connection, organisation_id: str) -> set[str]:
    """The ids of an organisation and of what was written about it."""
    rows = connection.execute(
        "WITH seen (id) AS (SELECT id FROM visit WHERE organisation_id = ?1)"
        " SELECT ?1 UNION SELECT id FROM seen"
        " UNION SELECT id FROM organisation_contact WHERE organisation_id = ?1"
        " UNION SELECT id FROM visit_met WHERE visit_id IN (SELECT id FROM seen)"
        " UNION SELECT id FROM follow_up WHERE visit_id IN (SELECT id FROM seen)",
        (organisation_id,),
    )
    return {str(identifier) for (identifier,) in rows}


def mentions(
    connection: Connection, redactor: Redactor, within: set[str] | None = None
) -> Iterator[Mention]:
    """The texts of the tables in which the person is named; `within` limits the rows."""
    for table in journalled_tables(connection):
        texts = _texts(table)
        for row_id, cells in present_rows(connection, table):
            if within is not None and row_id not in within:
                continue
            for column in texts:
                value = cells[column]
                if isinstance(value, str) and redactor.finds(value):
                    yield Mention(table.name, row_id, column, value)


def erase(
    connection: Connection,
    rows: Sequence[Bearer],
    redactor: Redactor,
    within: set[str] | None = None,
) -> Erased:
    """Take the person out of everything; runs inside a transaction, as part of its set.

    The rows stay, since others refer to them, without anything that says who it was. Also the
    id of a row of people met changes: it is worked out from the name, so it would tell.
    """
    eraser = _Eraser(connection, redactor, within)
    with resting(connection):
        touched = eraser.empty_rows(rows) | eraser.clean_texts()
        passed("erasure.rows")
        touched |= eraser.rename_met(rows)
        changes = eraser.clean_journal(rows)
        eraser.clean_sets()
        passed("erasure.journal")
        drafts = eraser.clean_drafts()
    return Erased(len(touched), changes, drafts)


class _Eraser:
    """Takes a person out of one kind of place after the other."""

    def __init__(self, connection: Connection, redactor: Redactor, within: set[str] | None) -> None:
        self._connection = connection
        self._redactor = redactor
        self._within = within
        self._tables = {table.name: table for table in journalled_tables(connection)}

    def empty_rows(self, rows: Iterable[Bearer]) -> set[str]:
        """The rows about the person; gives their ids."""
        touched = set()
        for row in rows:
            emptied = _EMPTIED[row.kind]
            assignments = ", ".join(f"{column} = ?" for column in emptied)
            self._connection.execute(
                f"UPDATE {row.kind} SET {assignments} WHERE id = ?", (*emptied.values(), row.id)
            )
            touched.add(row.id)
        return touched

    def clean_texts(self) -> set[str]:
        """The texts that name the person; gives the ids of their rows."""
        found = list(mentions(self._connection, self._redactor, self._within))
        for mention in found:
            key = self._tables[mention.kind].key
            self._connection.execute(
                f"UPDATE {quoted(mention.kind)} SET {quoted(mention.column)} = ?"
                f" WHERE {quoted(key)} = ?",
                (self._redactor.clean(mention.text), mention.row_id),
            )
        return {mention.row_id for mention in found}

    def rename_met(self, rows: Iterable[Bearer]) -> set[str]:
        """Give rows of people met ids of chance, in the table and in the journal."""
        ids = {row.id for row in rows if row.kind == "visit_met"}
        for entry in entries_of(self._connection, "visit_met"):
            name = {**decoded(entry.old), **decoded(entry.new)}.get("name")
            if isinstance(name, str) and self._redactor.is_whole(name) and self._is_in(entry):
                ids.add(entry.row_id)
        fresh = time_ordered_ids(0)
        for old_id in sorted(ids):
            new_id = next(fresh)
            self._connection.execute(
                "INSERT INTO visit_met (id, visit_id, contact_id, name, position, retired_at)"
                " SELECT ?, visit_id, NULL, ?, position, retired_at FROM visit_met WHERE id = ?",
                (new_id, ERASED, old_id),
            )
            self._connection.execute("DELETE FROM visit_met WHERE id = ?", (old_id,))
            self._connection.execute(
                "UPDATE change SET row_id = ? WHERE kind = 'visit_met' AND row_id = ?",
                (new_id, old_id),
            )
            self._empty_entries("visit_met", [new_id])
        return ids

    def clean_journal(self, rows: Iterable[Bearer]) -> int:
        """The entries of the rows about the person, and of all that names them; gives how many."""
        count = 0
        for kind in ("person", "organisation_contact"):  # people met: when their ids were renamed
            count += self._empty_entries(kind, [row.id for row in rows if row.kind == kind])
        for table in self._tables.values():
            texts = _texts(table)
            for entry in list(entries_of(self._connection, table.name)):
                if self._is_in(entry):
                    old, new = (
                        {
                            name: self._redactor.clean(value)
                            if isinstance(value, str) and name in texts
                            else value
                            for name, value in decoded(side).items()
                        }
                        for side in (entry.old, entry.new)
                    )
                    count += self._rewrite(entry, old, new)
        return count

    def clean_sets(self) -> None:
        """What the change sets are called, and why they were made."""
        rows = self._connection.execute(f"SELECT {SET_COLUMNS} FROM change_set").fetchall()
        for row in map(ChangeSetRow._make, rows):
            title = _clean_json(row.title, self._redactor)
            reason = self._redactor.clean(row.reason)
            if (title, reason) == (row.title, row.reason) or not self._touches(row):
                continue
            cleaned = row._replace(title=title, reason=reason)
            self._connection.execute(
                "UPDATE change_set SET title = ?, reason = ?, digest = ? WHERE seq = ?",
                (title, reason, digest_of(cleaned[1:-1]), row.seq),
            )

    def clean_drafts(self) -> int:
        """Half-filled forms; gives how many."""
        count = 0
        rows = self._connection.execute("SELECT id, subject, fields FROM draft").fetchall()
        for draft_id, *texts in rows:
            cleaned = [_clean_json(text, self._redactor) for text in texts]
            if cleaned != texts:
                self._connection.execute(
                    "UPDATE draft SET subject = ?, fields = ? WHERE id = ?", (*cleaned, draft_id)
                )
                count += 1
        return count

    def _is_in(self, entry: Entry) -> bool:
        return self._within is None or entry.row_id in self._within

    def _touches(self, row: ChangeSetRow) -> bool:
        """Whether a set changed something of what is looked at."""
        if self._within is None:
            return True
        changes = self._connection.execute(
            "SELECT row_id FROM change WHERE replica = ? AND sequence BETWEEN ? AND ?",
            (row.replica, row.first_sequence, row.last_sequence),
        )
        return any(row_id in self._within for (row_id,) in changes)

    def _empty_entries(self, kind: str, ids: Sequence[str]) -> int:
        """The entries of rows about the person: they never had a name, an address, a number."""
        emptied = _EMPTIED[kind]
        usual = shape(self._connection, self._tables[kind]).empty
        count = 0
        for entry in list(entries_of(self._connection, kind, ids)):
            old, new = (
                {
                    name: emptied.get(name, value)
                    for name, value in decoded(side).items()
                    if name not in emptied or emptied[name] != usual[name]
                }
                for side in (entry.old, entry.new)
            )
            count += self._rewrite(entry, old, new)
        return count

    def _rewrite(self, entry: Entry, old: dict[str, Value], new: dict[str, Value]) -> int:
        """Write an entry over when something was taken out; what is no change any more goes too."""
        if (old, new) == (decoded(entry.old), decoded(entry.new)):
            return 0
        if entry.verb == "U":
            names = [name for name in old if name in new and old[name] != new[name]]
            old, new = ({name: cells[name] for name in names} for cells in (old, new))
        self._connection.execute(
            "UPDATE change SET old = ?, new = ? WHERE seq = ?",
            (
                None if entry.old is None else encoded(old),
                None if entry.new is None else encoded(new),
                entry.seq,
            ),
        )
        return 1


def _clean_json(text: str, redactor: Redactor) -> str:
    """JSON with the person taken out of its values; the same text where nothing was found."""
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return redactor.clean(text)
    cleaned = redactor.clean_all(value)
    if cleaned == value:
        return text
    return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _texts(table: Table) -> frozenset[str]:
    """The columns of a table in which somebody may be named."""
    return frozenset(
        column.name
        for column in table.columns
        if column.type == "TEXT"
        and not column.name.endswith(("_id", "_at", "_on", "_by"))
        and (table.name, column.name) not in _NAMES_OF_THINGS
    )


def rows_of(
    connection: Connection, rows: Sequence[Bearer]
) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """These rows whole, and every row that refers to one of them: table, id, columns."""
    ids = {row.kind: {r.id for r in rows if r.kind == row.kind} for row in rows}
    for table in journalled_tables(connection):
        references = [
            (column, target)
            for _id, _place, target, column, *_rest in connection.execute(
                f"PRAGMA foreign_key_list({quoted(table.name)})"
            )
            if target in ids
        ]
        own = ids.get(table.name, set())
        if not references and not own:
            continue
        for row_id, cells in present_rows(connection, table):
            if row_id in own or any(cells[column] in ids[target] for column, target in references):
                yield table.name, row_id, cells


def sets_of(connection: Connection, ids: Iterable[str]) -> list[tuple[str, str]]:
    """When these people wrote something, and what it is called: moment and kept title."""
    return [
        (str(made_at), str(title))
        for actor in sorted(set(ids))
        for made_at, title in connection.execute(
            "SELECT made_at, title FROM change_set WHERE actor = ? ORDER BY seq", (actor,)
        )
    ]


def drafts_of(
    connection: Connection, ids: Iterable[str], redactor: Redactor
) -> list[tuple[str, str]]:
    """Half-filled forms by these people, or in which they are named: form and fields."""
    wanted = set(ids)
    return [
        (str(form), str(fields))
        for form, subject, fields, person_id in connection.execute(
            "SELECT form, subject, fields, person_id FROM draft ORDER BY saved_at"
        )
        if person_id in wanted
        or any(_clean_json(text, redactor) != text for text in (subject, fields))
    ]
