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
from socius_tui.store.journal.projection import defaults, present_rows
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow, digest_of
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
    for row in rows:
        if row.kind == "visit_met":
            continue
        for old, new in connection.execute(
            "SELECT old, new FROM change WHERE row_id = ? AND kind = ?", (row.id, row.kind)
        ):
            for cells in (decoded(old), decoded(new)):
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
    connection.execute("UPDATE journal_state SET applying = 1")
    touched = _empty_rows(connection, rows)
    touched |= _clean_texts(connection, redactor, within)
    passed("erasure.rows")
    touched |= _rename_met(connection, redactor, rows, within)
    changes = _clean_journal(connection, {(row.kind, row.id) for row in rows}, redactor, within)
    _clean_sets(connection, redactor, within)
    passed("erasure.journal")
    drafts = _clean_drafts(connection, redactor)
    connection.execute("UPDATE journal_state SET applying = 0")
    return Erased(len(touched), changes, drafts)


def forget_words(connection: Connection) -> None:
    """Make the search index anew: what was taken out of it stays in its pages until then."""
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def _empty_rows(connection: Connection, rows: Iterable[Bearer]) -> set[str]:
    touched = set()
    for row in rows:
        emptied = _EMPTIED[row.kind]
        assignments = ", ".join(f"{column} = ?" for column in emptied)
        connection.execute(
            f"UPDATE {row.kind} SET {assignments} WHERE id = ?", (*emptied.values(), row.id)
        )
        touched.add(row.id)
    return touched


def _clean_texts(connection: Connection, redactor: Redactor, within: set[str] | None) -> set[str]:
    found = list(mentions(connection, redactor, within))
    keys = {table.name: table.key for table in journalled_tables(connection)}
    for mention in found:
        connection.execute(
            f"UPDATE {quoted(mention.kind)} SET {quoted(mention.column)} = ?"
            f" WHERE {quoted(keys[mention.kind])} = ?",
            (redactor.clean(mention.text), mention.row_id),
        )
    return {mention.row_id for mention in found}


def _rename_met(
    connection: Connection,
    redactor: Redactor,
    rows: Sequence[Bearer],
    within: set[str] | None,
) -> set[str]:
    """Give rows of people met ids of chance, in the table and in the journal."""
    ids = {row.id for row in rows if row.kind == "visit_met"}
    for row_id, old, new in connection.execute(
        "SELECT row_id, old, new FROM change WHERE kind = 'visit_met'"
    ):
        name = {**decoded(old), **decoded(new)}.get("name")
        named = isinstance(name, str) and redactor.is_whole(name)
        if named and (within is None or row_id in within):
            ids.add(row_id)
    fresh = time_ordered_ids(0)
    for old_id in sorted(ids):
        new_id = next(fresh)
        connection.execute(
            "INSERT INTO visit_met (id, visit_id, contact_id, name, position, retired_at)"
            " SELECT ?, visit_id, NULL, ?, position, retired_at FROM visit_met WHERE id = ?",
            (new_id, ERASED, old_id),
        )
        connection.execute("DELETE FROM visit_met WHERE id = ?", (old_id,))
        connection.execute(
            "UPDATE change SET row_id = ? WHERE kind = 'visit_met' AND row_id = ?",
            (new_id, old_id),
        )
        _clean_entries(connection, "visit_met", new_id)
    return ids


def _clean_entries(connection: Connection, kind: str, row_id: str) -> int:
    """The entries of a row about the person: it never had a name, an address, a number."""
    table = next(t for t in journalled_tables(connection) if t.name == kind)
    usual = defaults(connection, table)
    count = 0
    for seq, old, new in connection.execute(
        "SELECT seq, old, new FROM change WHERE kind = ? AND row_id = ?", (kind, row_id)
    ).fetchall():
        before, after = decoded(old), decoded(new)
        changed = [_emptied(cells, _EMPTIED[kind], usual) for cells in (before, after)]
        count += _keep_entry(connection, seq, (old, new), (before, after), changed)
    return count


def _emptied(
    cells: dict[str, Value], emptied: Mapping[str, Value], usual: Mapping[str, Value]
) -> dict[str, Value]:
    found = {name: emptied.get(name, value) for name, value in cells.items()}
    return {name: v for name, v in found.items() if name not in emptied or v != usual[name]}


def _clean_journal(
    connection: Connection,
    about: set[tuple[str, str]],
    redactor: Redactor,
    within: set[str] | None,
) -> int:
    count = sum(
        _clean_entries(connection, kind, row_id)
        for kind, row_id in sorted(about)
        if kind != "visit_met"  # done when their ids were
    )
    texts = {table.name: _texts(table) for table in journalled_tables(connection)}
    rows = connection.execute("SELECT seq, kind, row_id, old, new FROM change").fetchall()
    for seq, kind, row_id, old, new in rows:
        if within is not None and row_id not in within:
            continue
        before, after = decoded(old), decoded(new)
        changed = [
            {
                name: redactor.clean(value)
                if isinstance(value, str) and name in texts.get(kind, ())
                else value
                for name, value in cells.items()
            }
            for cells in (before, after)
        ]
        count += _keep_entry(connection, seq, (old, new), (before, after), changed)
    return count


def _keep_entry(
    connection: Connection,
    seq: int,
    kept: tuple[str | None, str | None],
    before: tuple[dict[str, Value], dict[str, Value]],
    cleaned: Sequence[dict[str, Value]],
) -> int:
    """Write an entry over when something was taken out; what is no change any more goes too."""
    if tuple(cleaned) == before:
        return 0
    old, new = cleaned
    if kept[0] is not None and kept[1] is not None:
        names = [name for name in old if name in new and old[name] != new[name]]
        old, new = ({name: cells[name] for name in names} for cells in (old, new))
    connection.execute(
        "UPDATE change SET old = ?, new = ? WHERE seq = ?",
        (
            None if kept[0] is None else encoded(old),
            None if kept[1] is None else encoded(new),
            seq,
        ),
    )
    return 1


def _clean_sets(connection: Connection, redactor: Redactor, within: set[str] | None) -> None:
    for row in map(
        ChangeSetRow._make, connection.execute(f"SELECT {SET_COLUMNS} FROM change_set").fetchall()
    ):
        title = _clean_json(row.title, redactor)
        reason = redactor.clean(row.reason)
        if (title, reason) == (row.title, row.reason):
            continue
        if within is not None and not _touches(connection, row, within):
            continue
        cleaned = row._replace(title=title, reason=reason)
        connection.execute(
            "UPDATE change_set SET title = ?, reason = ?, digest = ? WHERE seq = ?",
            (title, reason, digest_of(cleaned[1:-1]), row.seq),
        )


def _touches(connection: Connection, row: ChangeSetRow, within: set[str]) -> bool:
    changes = connection.execute(
        "SELECT row_id FROM change WHERE replica = ? AND sequence BETWEEN ? AND ?",
        (row.replica, row.first_sequence, row.last_sequence),
    )
    return any(row_id in within for (row_id,) in changes)


def _clean_drafts(connection: Connection, redactor: Redactor) -> int:
    count = 0
    rows = connection.execute("SELECT id, subject, fields FROM draft").fetchall()
    for draft_id, *texts in rows:
        cleaned = [_clean_json(text, redactor) for text in texts]
        if cleaned != texts:
            connection.execute(
                "UPDATE draft SET subject = ?, fields = ? WHERE id = ?", (*cleaned, draft_id)
            )
            count += 1
    return count


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
