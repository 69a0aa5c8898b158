"""The history as tables: a line for each entry to read, a row for each column in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from socius_tui.domain.dates import format_moment
from socius_tui.domain.history import Entry
from socius_tui.domain.moments import moment_text
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.history import Change
from socius_tui.services.journal_words import verb_word


def entries_table(entries: Sequence[Entry]) -> Table:
    """What was done, to read: a line for each entry."""
    return Table(
        (
            Column("moment", N_("When"), "text", moment_word),
            Column("who", N_("Who"), "text", lambda x: x.who, flow="wrap"),
            Column("what", N_("What"), "text", what_and_whether, flow="wrap"),
            Column("changes", N_("From → to"), "text", lambda x: x.summary, flow="wrap"),
        ),
        entries,
    )


def changes_table(changes: Iterable[Change]) -> Table:
    """Every column that changed, a row each; private notes and who was met are not in it."""
    return Table(
        (
            Column("entry", N_("Entry"), "text", lambda x: x.entry.key, seen=False),
            Column("moment", N_("When"), "text", _moment, lambda x: moment_word(x.entry)),
            Column("who", N_("Who"), "text", lambda x: x.entry.who, flow="wrap"),
            Column(
                "what",
                N_("What"),
                "text",
                lambda x: x.entry.what,
                lambda x: what_and_whether(x.entry),
                flow="wrap",
            ),
            Column("reason", N_("Reason"), "text", lambda x: x.entry.reason, flow="wrap"),
            Column("state", N_("State"), "text", _state, seen=False),
            Column(
                "verb",
                N_("Became"),
                "text",
                lambda x: x.detail.verb,
                lambda x: verb_word(x.detail.verb),
            ),
            Column("kind", N_("Kind"), "text", lambda x: x.detail.kind, seen=False),
            Column("row", N_("Row"), "text", lambda x: x.detail.id, seen=False),
            Column("subject", N_("Subject"), "text", lambda x: x.detail.head, flow="wrap"),
            Column("column", N_("Column"), "text", _field("column"), _field("label")),
            Column("from", N_("From"), "text", _field("was"), _field("old"), flow="wrap"),
            Column("to", N_("To"), "text", _field("became"), _field("new"), flow="wrap"),
        ),
        changes,
    )


def moment_word(entry: Entry) -> str:
    """When it was done, on the clock of the user."""
    return format_moment(entry.moment, get_language()) if entry.moment else "–"


def what_and_whether(entry: Entry) -> str:
    """What was done, and whether it was taken back."""
    return _("{what} (undone)").format(what=entry.what) if entry.undone else entry.what


def _moment(change: Change) -> str:
    return moment_text(change.entry.moment) if change.entry.moment else ""


def _state(change: Change) -> str:
    return "undone" if change.entry.undone else "undo" if change.entry.undoes else ""


def _field(name: str) -> Callable[[Change], str]:
    """A cell with one part of the column that changed; empty where nothing is told of it."""
    return lambda change: str(getattr(change.field, name)) if change.field else ""
