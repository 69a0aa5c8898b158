"""What a disk may hold after a power cut, worked out from what it was asked to do.

What was synced is there. Of what was not, any part may be: of a write each sector of 512 bytes,
of changes to the folder (a new name, a name taken away) as many as came through, in order for
each name. Two rules that matter:

- with the first sync of a new journal SQLite syncs its folder too, and all changes of it;
- a name that was taken away, of which the disk does not know that yet, still names the old
  content, and not that of a new file with the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

SECTOR = 512
SURVIVES = 0.5

Operation = tuple[Any, ...]


class Disk:
    """Content and names as they are on the platter, and what still waits."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._contents = {number: bytearray(text) for number, text in enumerate(files.values())}
        self._names = {name: number for number, name in enumerate(files)}
        self._open = dict(self._names)  # as the programs see it
        self._waiting: dict[int, list[Operation]] = {number: [] for number in self._contents}
        self._folder: list[tuple[str, int | None]] = []
        self._new: set[int] = set()

    def do(self, operation: Operation) -> None:
        """One operation that a program asked for."""
        kind, name = operation[0], operation[1]
        if not name:  # a file of SQLite's own, for the moment
            return
        if kind == "create":
            number = len(self._contents)
            self._contents[number], self._waiting[number] = bytearray(), []
            self._open[name] = number
            self._folder.append((name, number))
            self._new.add(number)
        elif kind == "delete":
            del self._open[name]
            self._folder.append((name, None))
            if operation[2]:
                self._sync_folder()
        elif kind == "sync":
            number = self._open[name]
            for waiting in self._waiting[number]:
                _carry_out(self._contents[number], waiting)
            self._waiting[number] = []
            if number in self._new:
                self._sync_folder()
        else:
            self._waiting[self._open[name]].append(operation)

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """The files that could be there when the power comes back."""
        names = dict(self._names)
        cut: set[str] = set()
        for name, number in self._folder:
            if name in cut or chance.random() > SURVIVES:
                cut.add(name)
            elif number is None:
                names.pop(name, None)
            else:
                names[name] = number
        return {name: self._content(number, chance) for name, number in names.items()}

    def _content(self, number: int, chance: Random) -> bytes:
        content = bytearray(self._contents[number])
        for operation in self._waiting[number]:
            for part in _sectors(operation):
                if chance.random() < SURVIVES:
                    _carry_out(content, part)
        return bytes(content)

    def _sync_folder(self) -> None:
        for name, number in self._folder:
            if number is None:
                self._names.pop(name, None)
            else:
                self._names[name] = number
        self._folder = []
        self._new.clear()


def _sectors(operation: Operation) -> Iterable[Operation]:
    if operation[0] != "write":
        return [operation]
    _kind, name, data, offset = operation
    return [
        ("write", name, data[at : at + SECTOR], offset + at) for at in range(0, len(data), SECTOR)
    ]


def _carry_out(content: bytearray, operation: Operation) -> None:
    if operation[0] == "truncate":
        del content[operation[2] :]
        return
    _kind, _name, data, offset = operation
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def cuts(
    files: dict[str, bytes], log: Sequence[Operation], start: int, many: int, chance: Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """So many cuts at random moments after `start`: how much was done, and the files then."""
    disk, done = Disk(files), 0
    for moment in sorted(chance.randint(start, len(log)) for _ in range(many)):
        for operation in log[done:moment]:
            disk.do(operation)
        done = moment
        yield moment, disk.after_a_cut(chance)
