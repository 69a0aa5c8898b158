"""The history: who changed what, when, from what to what, read from the journal.

Entries are found as places (`places`) and told some at a time (`told`); what one of them
changed is told when somebody looks at it (`details`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from socius_tui.domain.history import Detail, Entry, FieldChange, HistoryFilter, Place, Topic
from socius_tui.domain.text import clean, fold
from socius_tui.domain.titles import says, title_from
from socius_tui.i18n import N_, _
from socius_tui.services import journal_words as words
from socius_tui.services.journal_columns import MACHINE, PRIVATE, SKIPPED
from socius_tui.services.moments import local_from_ms, local_moment, start_of
from socius_tui.services.pages import shown_by
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.journal import projection, reading
from socius_tui.store.journal.reading import Known
from socius_tui.store.journal.values import Value, decoded

#: What somebody can ask for, with the tables that it means.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "visits": ("visit", "visit_met", "visit_goal", "visit_need"),
    "measurements": ("measurement",),
    "targets": ("target",),
    "follow-ups": ("follow_up",),
    "organisations": ("organisation", "organisation_contact"),
    "goals": ("goal", "indicator", "narrative"),
    "people": ("person", "assignment", "erasure"),
    "plan": (
        "plan",
        "plan_pause",
        "work_type",
        "subtype",
        "key_figure",
        "period_lock",
        "late_change",
        "conflict_decision",
        "analysis_statement",
        "analysis_goal",
        "survey_group",
        "logic_step",
        "logic_step_indicator",
        "mandate",
        "attendance",
    ),
    "settings": (
        "setting",
        "import_mapping",
        "import_column",
        "day_off",
        "contact_rhythm",
        "saved_view",
    ),
}
_KIND_WORDS: Final = {
    "visits": N_("visits"),
    "measurements": N_("measurements"),
    "targets": N_("targets"),
    "follow-ups": N_("follow-ups"),
    "organisations": N_("organisations"),
    "goals": N_("goals"),
    "people": N_("people"),
    "plan": N_("plan"),
    "settings": N_("settings"),
}

SHORT: Final = 80  # characters of a text, where there is no room for all of it
WHOLE: Final = 20_000
_SUMMARY: Final = 40  # characters of a text in the summary of an entry
_SUMMARY_FIELDS: Final = 3
_SUMMARY_CHANGES: Final = 6  # changes of an entry that its summary looks at
_TOGETHER: Final = 200  # entries of an export that are read at once
_AT_ONCE: Final = 1000  # changes of them
_ROUNDS: Final = 4  # a link, its visit, the organisation, its work type

#: How journal sets are called that the program makes when it finds what others wrote.
_FOUND: Final = N_("Changes of another program, found afterwards")

_Rows = Mapping[tuple[str, str], Known]


def kind_word(kind: str) -> str:
    """A kind of `KINDS` in words."""
    return _(_KIND_WORDS[kind])


def places(session: Session, wanted: HistoryFilter, topic: Topic | None = None) -> list[Place]:
    """Where the entries are that somebody asks for, newest first."""
    searched = fold(wanted.text).split()

    def read(connection: Connection) -> list[Place]:
        found = reading.places(
            connection,
            actor=wanted.actor,
            since=start_of(wanted.since) if wanted.since else None,
            before=start_of(wanted.until + timedelta(days=1)) if wanted.until else None,
            kinds=KINDS[wanted.kind] if wanted.kind else None,
            rows=reading.rows_of(connection, *topic) if topic else None,
        )
        return _with_words(connection, found, searched) if searched else found

    return session.read(read)


def _with_words(
    connection: Connection, found: Iterable[Place], searched: Sequence[str]
) -> list[Place]:
    """The places of which title or reason has all of the words."""
    kept: list[Place] = []
    for place in found:
        row = reading.sets_at(connection, [place]).get(place)
        text = fold(_other_title() if row is None else f"{title_from(row.title)} {row.reason}")
        if all(word in text for word in searched):
            kept.append(place)
    return kept


def name_of(session: Session, topic: Topic) -> str:
    """What a history is about, in words, also when it is gone."""

    def read(connection: Connection) -> str:
        rows = _rows_for(connection, (), {(topic.kind, topic.id)})
        row = rows.get((topic.kind, topic.id))
        return words.head(topic.kind, topic.id, row.cells if row else None, _Namer(rows))

    return session.read(read)


def people(session: Session) -> list[tuple[str, str]]:
    """Everybody who did something, as id and name; those who left the staff too."""
    return session.read(reading.people_in)


def told(
    session: Session,
    found: Sequence[Place],
    topic: Topic | None = None,
    *,
    private: bool = False,
) -> list[Entry]:
    """These entries, ready to show. `private`: texts that leave no screen are told too."""

    def read(connection: Connection) -> list[Entry]:
        sets = reading.sets_at(connection, found)
        undone = reading.taken_back(connection)
        only = reading.rows_of(connection, *topic) if topic else None
        changes = {
            place: reading.changes_at(connection, place, only, limit=_SUMMARY_CHANGES)
            for place in found
        }
        every = [change for some in changes.values() for change in some]
        actors = {("person", row.actor) for row in sets.values() if row.actor}
        rows = _rows_for(connection, every, actors)
        entries = []
        for place in found:
            row = sets.get(place)
            summary = _summary(changes[place], rows, private=private)
            if row is None:
                moment = local_from_ms(place.clock >> 16)
                who, what = _("another program"), _other_title()
                entries.append(Entry(place, moment, who, what, "", summary, False, False))
                continue
            entries.append(
                Entry(
                    place,
                    local_moment(row.made_at),
                    _who(row.actor, row.title, rows),
                    clean(title_from(row.title)),
                    clean(row.reason),
                    summary,
                    row.key in undone,
                    row.undoes is not None,
                )
            )
        return entries

    return session.read(read)


def details(
    session: Session,
    place: Place,
    topic: Topic | None = None,
    *,
    full: bool = False,
    private: bool = False,
    limit: int = -1,
) -> list[Detail]:
    """What changed in an entry, row by row; with a topic only what belongs to that.

    `full`: whole texts, and columns that only the program uses.
    """

    def read(connection: Connection) -> list[Detail]:
        only = reading.rows_of(connection, *topic) if topic else None
        changes = reading.changes_at(connection, place, only, limit=limit)
        rows = _rows_for(connection, changes)
        return [_detail(change, rows, full=full, private=private) for change in changes]

    return session.read(read)


def _other_title() -> str:
    return _("Changed by another program")


def _who(actor: str | None, title: str, rows: _Rows) -> str:
    if actor is None:
        return _("another program") if says(title) == _FOUND else _("somebody")
    if ("person", actor) in rows:
        return _Namer(rows)("person", actor)
    return _("another program")


# Rows and their names


def _rows_for(
    connection: Connection,
    changes: Iterable[projection.Entry],
    others: Collection[tuple[str, str]] = (),
) -> _Rows:
    """The rows that changed, and all that they and their old and new values point at."""
    waiting = set(others)
    for change in changes:
        waiting.add((change.kind, change.row_id))
        for cells in (_cells(change.old), _cells(change.new)):
            waiting |= _pointed_at(change.kind, {"key": change.row_id, **cells})
    rows: dict[tuple[str, str], Known] = {}
    asked: set[tuple[str, str]] = set()
    for _round in range(_ROUNDS):
        waiting -= asked
        if not waiting:
            break
        found = reading.known_rows(connection, waiting)
        asked |= waiting
        rows |= found
        waiting = {
            target for (kind, _id), row in found.items() for target in _pointed_at(kind, row.cells)
        }
    return rows


def _pointed_at(kind: str, cells: Mapping[str, Value]) -> set[tuple[str, str]]:
    return {
        (table, str(value))
        for column, value in cells.items()
        if value and (table := words.points_at(kind, column, cells)) is not None
    }


class _Namer:
    """Names rows; no function that knows itself, which would outlive each row of an export."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __call__(self, kind: str, identifier: str) -> str:
        row = self._rows.get((kind, identifier))
        return words.row_name(kind, identifier, row.cells if row else None, self)


def _cells(text: str | None) -> dict[str, Value]:
    try:
        return decoded(text)
    except ValueError:  # damaged: `socius check` says so, a history goes on without
        return {}


# One row that changed


def _detail(
    change: projection.Entry, rows: _Rows, *, full: bool, private: bool, room: int = SHORT
) -> Detail:
    name = _Namer(rows)
    old, new = _cells(change.old), _cells(change.new)
    row = rows.get((change.kind, change.row_id))
    cells = {**(row.cells if row else {}), "key": change.row_id}
    verb = _verb(change.verb, old, new)
    told_already = SKIPPED
    if not full:
        told_already |= MACHINE
        if verb in ("added", "removed"):
            told_already |= words.in_head(change.kind)
    fields = [
        _field(change, column, (old, new), cells, name, WHOLE if full else room, private=private)
        for column in dict.fromkeys((*old, *new))
        if column not in told_already
    ]
    return Detail(
        change.kind,
        change.row_id,
        verb,
        words.head(change.kind, change.row_id, row.cells if row else None, name),
        tuple(field for field in fields if (field.old, field.was) != (field.new, field.became)),
        shown_by(change.kind, change.row_id, lambda *row: rows.get(row)),
    )


def _field(
    change: projection.Entry,
    column: str,
    values: tuple[Mapping[str, Value], Mapping[str, Value]],
    cells: Mapping[str, Value],
    name: words.Name,
    room: int,
    *,
    private: bool,
) -> FieldChange:
    kind, title = change.kind, words.label(change.kind, column)
    if (kind, column) in PRIVATE and not private:
        return FieldChange(column, title, "", _("(changed)"), "", _("(changed)"))
    old, new = (side.get(column) for side in values)
    seen_old, seen_new = _from_where_they_differ(old, new, room)
    return FieldChange(
        column,
        title,
        words.in_words(kind, column, seen_old, cells, name, room),
        words.in_words(kind, column, seen_new, cells, name, room),
        words.for_file(kind, column, old, cells, name),
        words.for_file(kind, column, new, cells, name),
    )


def _from_where_they_differ(old: Value, new: Value, room: int) -> tuple[Value, Value]:
    """Two long texts without most of what they begin with together."""
    if not (isinstance(old, str) and isinstance(new, str)) or max(len(old), len(new)) <= room:
        return old, new
    same = next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    same -= room // 4
    return (f"…{old[same:]}", f"…{new[same:]}") if same > 0 else (old, new)


def _verb(verb: str, old: Mapping[str, Value], new: Mapping[str, Value]) -> str:
    if verb != "U":
        return {"I": "added", "D": "removed"}[verb]
    if "retired_at" in new:
        if new["retired_at"] is None:
            return "brought_back"
        if old.get("retired_at") is None:
            return "taken_out"
    return "changed"


def _summary(changes: Iterable[projection.Entry], rows: _Rows, *, private: bool) -> str:
    """From what to what, of the first columns of rows that were there before."""
    parts: list[str] = []
    for change in changes:
        if change.verb != "U":
            continue
        told_of = _detail(change, rows, full=False, private=private, room=_SUMMARY)
        parts += [from_to(told_of.verb, field) for field in told_of.fields]
    more = "; …" if len(parts) > _SUMMARY_FIELDS else ""
    return "; ".join(parts[:_SUMMARY_FIELDS]) + more


def from_to(verb: str, field: FieldChange) -> str:
    """A column with what it was and what it became, on one line; or with all that it holds."""
    if verb == "added" or not field.old:
        change = field.new
    else:
        change = field.old if verb == "removed" else f"{field.old} → {field.new}"
    return f"{field.label}: {clean(change, limit=WHOLE)}"


class Change(NamedTuple):
    """One column that changed, with all of its entry: a line of an export.

    `field` is None for a row of which nothing more is told.
    """

    entry: Entry
    detail: Detail
    field: FieldChange | None


def every_change(
    session: Session, found: Sequence[Place], topic: Topic | None = None
) -> list[Change]:
    """All that changed in these entries, column by column, without what is private."""
    return list(iterate_changes(session, found, topic))


def iterate_changes(
    session: Session, found: Sequence[Place], topic: Topic | None = None
) -> Iterator[Change]:
    """As `every_change`, one at a time; of a long entry (an import) never more than a piece."""
    for start in range(0, len(found), _TOGETHER):
        some = found[start : start + _TOGETHER]
        entries = zip(told(session, some, topic), some, strict=True)
        for few in _by_size((entry, piece) for entry, place in entries for piece in _cut(place)):
            details = _details_of(session, [piece for _entry, piece in few], topic)
            for (entry, _piece), rows in zip(few, details, strict=True):
                for detail in rows:
                    for field in detail.fields or (None,):
                        yield Change(entry, detail, field)


def _cut(place: Place) -> Iterator[Place]:
    for first in range(place.first, place.last + 1, _AT_ONCE):
        yield place._replace(first=first, last=min(first + _AT_ONCE - 1, place.last))


def _by_size(pieces: Iterable[tuple[Entry, Place]]) -> Iterator[list[tuple[Entry, Place]]]:
    """Some pieces together, which have not many more changes than one can have."""
    some: list[tuple[Entry, Place]] = []
    size = 0
    for entry, piece in pieces:
        some.append((entry, piece))
        size += piece.last - piece.first + 1
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _details_of(
    session: Session, found: Sequence[Place], topic: Topic | None
) -> list[list[Detail]]:
    """The details of several entries, for an export."""

    def read(connection: Connection) -> list[list[Detail]]:
        only = reading.rows_of(connection, *topic) if topic else None
        changes = [reading.changes_at(connection, place, only) for place in found]
        rows = _rows_for(connection, [change for some in changes for change in some])
        return [
            [_detail(change, rows, full=True, private=False) for change in some] for some in changes
        ]

    return session.read(read)
