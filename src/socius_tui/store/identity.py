"""Tells whether a file is still the one it was, or a copy: that goes on under a name of its own.

An entry of the journal is known by the name (replica) it was written under and its number. Two
files that go on under one name give out the same numbers, and one entry is taken for the other.
So a mark is kept outside the file for each name that writes on this computer: where the file is
and how far it came. A mark may lag behind what is committed; it never runs ahead.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, NamedTuple

from socius_tui.errors import FileProblem
from socius_tui.paths import mark_path
from socius_tui.store.driver import Connection, MustRollBack, Unreadable, open_to_check
from socius_tui.store.journal.sets import go_on_as, new_replica
from socius_tui.store.landmarks import passed

#: Why a file got another name: it is a copy or came from elsewhere, or an older state of it or
#: one that went on elsewhere was put in its place.
Why = Literal["copied", "restored"]

_MAX_BYTES: Final = 65_536
_LOOKS: Final = 5
_BLOCK: Final = 128
_BINARY: Final = getattr(os, "O_BINARY", 0)
# What a folder for state can do: be away, be read-only, have an impossible name.
_NO_FOLDER: Final = (OSError, ValueError, RuntimeError)

_STATE: Final = "SELECT replica, sequence FROM journal_state"
_END: Final = (
    "SELECT s.replica, s.sequence, c.clock FROM journal_state s"
    " LEFT JOIN change c ON c.replica = s.replica AND c.sequence = s.sequence"
)


class Mark(NamedTuple):
    """Where the file of a name is, and its last entry: the number and the clock of that."""

    path: str
    sequence: int = 0
    clock: int | None = None


class Identity:
    """Who an open file is; `own` is the name that it just got and that no other file has.

    In the transaction `settle` comes before the first entry and `finish` after the last; then
    `committed` or `undone`. A folder for state that cannot be written costs only that a copy is
    not recognised.
    """

    def __init__(self, path: Path, own: str = "") -> None:
        self._path = path
        self._replica = own
        self._sequence = 0
        self._given = ""  # the name that it got in this transaction
        self._why: Why | None = None
        self._end: tuple[str, int, int | None] | None = None
        self.renamed: Why | None = None

    def settle(self, connection: Connection) -> None:
        """Before anything is written in the journal: see whose file it is, and name a copy anew.

        What was settled stays so as long as the file only grows under the same name; another
        program can bring a backup back meanwhile.
        """
        found = connection.execute(_STATE).fetchone()
        if found is None:  # it will begin anew, under another name
            return
        replica, sequence = str(found[0]), int(found[1])
        if replica != self._replica or sequence < self._sequence:
            self._look(connection, replica, sequence)

    def finish(self, connection: Connection) -> None:
        """Before the commit: see how far the journal is."""
        self._end = connection.execute(_END).fetchone()

    def committed(self) -> None:
        """Bring the mark up to date, where the journal has grown."""
        if self._why is not None:
            self.renamed = self._why
        self._given, self._why = "", None
        if self._end is None or self._end[:2] == (self._replica, self._sequence):
            return
        passed("identity.committed")
        self._replica, self._sequence, clock = self._end
        self._keep(self._replica, self._sequence, clock)

    def undone(self) -> None:
        """The transaction came to nothing: then so did the name that was given in it."""
        if self._given:
            with suppress(*_NO_FOLDER):
                mark_path(self._given).unlink(missing_ok=True)
            self._given, self._why = "", None
            self._replica = ""

    def _look(self, connection: Connection, replica: str, sequence: int) -> None:
        mark = mark_of(replica)
        if mark is None:
            self._look_without(connection, replica, sequence)
        elif mark.path != self._home and _is_elsewhere(mark.path, self._home, replica):
            self._rename(connection, "copied")
        elif not _fits(connection, replica, sequence, mark):
            self._rename(connection, "restored")
        else:
            self._replica, self._sequence = replica, sequence
            if mark.path != self._home:  # it was moved
                self._keep(replica, mark.sequence, mark.clock)

    def _look_without(self, connection: Connection, replica: str, sequence: int) -> None:
        """Without a mark it is a new file, or one that was not written on this computer."""
        self._replica, self._sequence = replica, sequence
        if connection.execute("SELECT 1 FROM change LIMIT 1").fetchone() is None:
            self._keep(replica, 0, None)
        elif not _is_of_chance(replica):
            self._rename(connection, None)
        else:
            self._rename(connection, "copied" if sequence else None, certain=False)

    def _rename(self, connection: Connection, why: Why | None, *, certain: bool = True) -> None:
        """Go on under a new name; where that is not `certain`, only if it will be known again.

        Else the file would get another one each time it is opened.
        """
        name = new_replica()
        if not self._keep(name, 0, None) and not certain:
            return
        go_on_as(connection, name)
        self._replica, self._sequence = name, 0
        self._given, self._why = name, why

    def _keep(self, replica: str, sequence: int, clock: int | None) -> bool:
        if not _is_of_chance(replica):
            return False
        return _write(mark_path(replica), Mark(self._home, sequence, clock))

    @cached_property
    def _home(self) -> str:
        return os.path.realpath(self._path)


def give_name(connection: Connection, path: Path, name: str = "") -> str:
    """Let the file that lies, or will lie, at `path` go on under a name that no other has."""
    name = name or new_replica()
    go_on_as(connection, name)
    _write(mark_path(name), Mark(os.path.realpath(path)))
    return name


def _is_of_chance(replica: str) -> bool:
    """Whether it is a name as `new_replica` gives.

    Any other, like a demo's, is the same in many files: it is only good for making a file that
    comes out the same everywhere.
    """
    return len(replica) == 12 and set(replica) <= set("0123456789abcdef")


def mark_of(replica: str) -> Mark | None:
    """What is known on this computer of the file that writes under a name; None for nothing."""
    if not _is_of_chance(replica):
        return None
    import json

    try:
        found = json.loads(_still(mark_path(replica)))
        path, sequence, clock = (found[name] for name in Mark._fields)
    except (*_NO_FOLDER, LookupError, TypeError):
        return None
    plain = isinstance(path, str) and type(sequence) is int and type(clock) in (int, type(None))
    return Mark(path, sequence, clock) if plain else None


def _still(path: Path) -> bytes:
    """What is in a mark, which another program may be writing: until two looks see the same."""
    before = b""
    for _look in range(_LOOKS):
        with path.open("rb") as file:
            found = file.read(_MAX_BYTES)
        if found == before:
            break
        before = found
    return before


def _is_elsewhere(marked: str, home: str, replica: str) -> bool:
    """Whether the file of the mark is still there, as another file of the same name."""
    try:
        if not os.path.lexists(marked) or os.path.samefile(marked, home):
            return False
        other = open_to_check(Path(marked))
    except FileNotFoundError:
        return False
    except (OSError, FileProblem, MustRollBack):
        return True  # as far as anybody can tell
    try:
        found = other.execute(_STATE).fetchone()
        return found is None or found[0] == replica
    except Unreadable:
        return True
    finally:
        other.close()


def _fits(connection: Connection, replica: str, sequence: int, mark: Mark) -> bool:
    """Whether the file came as far as the mark says, by the same entries."""
    if mark.sequence > sequence:
        return False
    found = connection.execute(
        "SELECT clock FROM change WHERE replica = ? AND sequence = ?", (replica, mark.sequence)
    ).fetchone()
    return (found[0] if found else None) == mark.clock


def _write(path: Path, mark: Mark) -> bool:
    """Put a mark in place of the one before; gives whether it could be done.

    It is written over where it is there: a new file costs ten times as much, and more when the
    database is synced next. Nothing is synced here: after a power cut a mark may lag, or be gone.
    """
    try:
        if not path.is_absolute():  # there is no home: do not make a folder called "~"
            return False
        try:
            handle = os.open(path, os.O_WRONLY | _BINARY)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_WRONLY | _BINARY, 0o600)
        try:
            content = _content(mark)
            os.write(handle, content)
            if os.fstat(handle).st_size != len(content):
                os.ftruncate(handle, len(content))
        finally:
            os.close(handle)
    except _NO_FOLDER:
        return False
    return True


def _content(mark: Mark) -> bytes:
    """A mark as it is kept: as long for each mark of one path, so that it is written at once."""
    import json  # only who writes waits for it to be loaded

    head = json.dumps({"path": mark.path}).encode("ascii")
    size = (len(head) // _BLOCK + 2) * _BLOCK
    return json.dumps(mark._asdict()).encode("ascii").ljust(size - 1) + b"\n"
