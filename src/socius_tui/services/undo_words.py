"""What stands in the way of taking something back, in a sentence for each place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from socius_tui.domain.dates import format_moment
from socius_tui.domain.text import clean
from socius_tui.domain.titles import title_from
from socius_tui.domain.undoing import Place
from socius_tui.i18n import _, get_language
from socius_tui.services import journal_words as words
from socius_tui.services.moments import local_from_ms, local_moment
from socius_tui.store.driver import Connection
from socius_tui.store.journal.inverse import Inverse, Reversal, Tie
from socius_tui.store.journal.projection import Entry
from socius_tui.store.journal.reading import known_rows
from socius_tui.store.journal.sets import ChangeSetRow, first_set_of, set_at, set_that_tied
from socius_tui.store.journal.values import decoded

_ROOM = 60  # characters of a text in a sentence


class Sentences:
    """Makes the sentences; looks up the names of rows as they are, or were when they went."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[tuple[str, str], str] = {}

    def places(self, back: Inverse) -> tuple[Place, ...]:
        """Every place at which something is in the way."""
        firm = [Place(self._tie(tie), True) for tie in back.ties]
        moved = [Place(sentence, False) for row in back.moved for sentence in self._moved(row)]
        return (*firm, *moved)

    def name(self, kind: str, identifier: str) -> str:
        """How a row is called where another points at it."""
        key = (kind, identifier)
        if key not in self._names:
            found = known_rows(self._connection, [key]).get(key)
            self._names[key] = words.row_name(
                kind, identifier, found.cells if found else None, self.name
            )
        return self._names[key]

    def head(self, kind: str, identifier: str) -> str:
        """What a row is, in words."""
        found = known_rows(self._connection, [(kind, identifier)]).get((kind, identifier))
        return words.head(kind, identifier, found.cells if found else None, self.name)

    def who_and_when(self, entry: Entry) -> tuple[str, str]:
        """Who wrote a change, and the moment by the clock of that laptop."""
        made = set_at(self._connection, entry.replica, entry.sequence)
        if made is None:
            return _("another program"), _moment(local_from_ms(entry.clock >> 16))
        who = self.name("person", made.actor) if made.actor else _("somebody")
        return who, _moment(local_moment(made.made_at))

    def _head(self, row: Reversal) -> str:
        cells = row.now.cells if row.now.live else row.before.cells
        return words.head(row.table.name, row.row_id, cells, self.name)

    def _moved(self, row: Reversal) -> Iterator[str]:
        if row.went:
            entry = row.later[-1] if row.later else None
            yield _("{what} was taken away: {how}.").format(
                what=_capital(self._head(row)), how=self._by(entry)
            )
            return
        kind = row.table.name
        for column in row.moved:
            entry = next((e for e in reversed(row.later) if column in decoded(e.new)), None)
            if column == "retired_at":
                out = row.now.cells[column] is not None
                sentence = (
                    _("{what} was taken out: {how}.")
                    if out
                    else _("{what} was brought back: {how}.")
                )
                yield sentence.format(what=_capital(self._head(row)), how=self._by(entry))
                continue
            yield _("{what}, {field}: {old} became {new}; {how}.").format(
                what=_capital(self._head(row)),
                field=words.label(kind, column),
                old=self._value(row, column, later=False),
                new=self._value(row, column, later=True),
                how=self._by(entry),
            )

    def _value(self, row: Reversal, column: str, *, later: bool) -> str:
        side = row.now if later else row.after if row.after.live else row.before
        value = side.cells[column]
        shown = words.in_words(row.table.name, column, value, side.cells, self.name, _ROOM)
        return clean(shown) if value in (None, "") else f"“{clean(shown)}”"

    def _tie(self, tie: Tie) -> str:
        what = self._head(tie.row)
        kind, identifier = tie.other
        if tie.why == "gone":
            return _("{what} cannot come back as it was: {other} is no longer there.").format(
                what=_capital(what), other=self.name(kind, identifier)
            )
        if kind == "change_set":
            first = first_set_of(self._connection, tie.row.row_id)
            return _(
                "{what} cannot go any more: there are things that this person entered ({how})."
            ).format(what=_capital(what), how=self._of_set(first) if first else "")
        made = set_that_tied(self._connection, kind, identifier, tie.row.row_id)
        return _("{what} cannot go while {other} hangs on it; undo that first: {how}.").format(
            what=_capital(what),
            other=self.name(kind, identifier),
            how=self._of_set(made) if made else _("another program"),
        )

    def _by(self, entry: Entry | None) -> str:
        """Who, when, and what it was called."""
        if entry is None:
            return _("another program")
        made = set_at(self._connection, entry.replica, entry.sequence)
        if made is not None:
            return self._of_set(made)
        return ", ".join(filter(None, self.who_and_when(entry)))

    def _of_set(self, made: ChangeSetRow) -> str:
        who = self.name("person", made.actor) if made.actor else _("somebody")
        return _("{who}, {moment}, “{title}”").format(
            who=who, moment=_moment(local_moment(made.made_at)), title=clean(title_from(made.title))
        )


def moment_word(stored: str) -> str:
    """A stored moment as people read it, on their own clock."""
    return _moment(local_moment(stored))


def _moment(moment: datetime | None) -> str:
    return _("an unknown moment") if moment is None else format_moment(moment, get_language())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
