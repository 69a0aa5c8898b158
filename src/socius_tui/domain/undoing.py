"""Whose turn it is to be undone or done again: two stacks, worked out from what somebody did.

An undo is a change set that names the set it takes back, and a redo one that takes back an undo.
So nothing has to be remembered beside the journal, and undo works after the program was closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

#: What becomes of a place that was changed later: ask (refuse), leave it, or take it back too.
Later = Literal["ask", "keep", "take"]


class Step(NamedTuple):
    """A set that a person made: how it is called, and which set it takes back, if any."""

    key: str
    undoes: str | None = None


class Turn(NamedTuple):
    """A set that can be taken back, and the ordinary set that it is about in the end."""

    key: str
    about: str


class Turns(NamedTuple):
    """What can be undone and what can be done again, the next one last."""

    undo: tuple[Turn, ...]
    redo: tuple[Turn, ...]


class Place(NamedTuple):
    """A place where a set cannot just be taken back, in a sentence.

    `firm`: it stays as it is whatever is chosen, as something else hangs on it.
    """

    sentence: str
    firm: bool


class Pending(NamedTuple):
    """A set that would be taken back: its name and moment in words, and what is in the way.

    `what` is the title of the ordinary set that it is about. `left` is whether something of it
    is taken back when what was changed later stays.
    """

    key: str
    what: str
    when: str
    places: tuple[Place, ...] = ()
    left: bool = True

    @property
    def firm(self) -> bool:
        """Whether something stands in the way of taking back all of it."""
        return any(place.firm for place in self.places)


def turns(steps: Iterable[Step]) -> Turns:
    """The stacks after all that a person did, in order of arrival.

    An ordinary set can be undone and ends what could be done again. An undo moves its set to
    the redo stack, a redo moves it back. A set that takes back what is on neither stack (of
    somebody else, or from before the file was set up) counts as an ordinary one.
    """
    undo: dict[str, str] = {}
    redo: dict[str, str] = {}
    for key, undoes in steps:
        if undoes is not None and undoes in undo:
            redo[key] = undo.pop(undoes)
        elif undoes is not None and undoes in redo:
            undo[key] = redo.pop(undoes)
        else:
            undo[key] = key
            redo.clear()
    return Turns(_listed(undo), _listed(redo))


def _listed(stack: dict[str, str]) -> tuple[Turn, ...]:
    return tuple(Turn(key, about) for key, about in stack.items())
