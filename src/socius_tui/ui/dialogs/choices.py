"""What the type-ahead fields of the forms choose from."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.text import fold
from socius_tui.errors import NotFound
from socius_tui.services.resolve import Named, choose, suggest

MOST = 200


class NamedFinder:
    """Things with a code and a name; `what` is the word for their kind.

    What is typed is taken by itself only when it can mean one thing: a near miss is
    suggested, never chosen.
    """

    def __init__(self, things: Sequence[Named], what: str) -> None:
        self._things = tuple(things)
        self._what = what
        self._by_id = {thing.id: thing for thing in self._things}

    def __len__(self) -> int:
        return len(self._things)

    def matches(self, typed: str) -> Sequence[Named]:
        """What may be meant, the best first."""
        return suggest(typed, self._things, MOST)

    def one(self, typed: str) -> Named | None:
        """What is certainly meant: the whole code or name, or words that only one has."""
        wanted = fold(typed)
        exact = [t for t in self._things if wanted in (fold(t.code), fold(t.name), fold(t.label))]
        if exact:
            return exact[0] if len(exact) == 1 else None
        words = wanted.split()
        holding = [t for t in self._things if all(word in fold(t.label) for word in words)]
        return holding[0] if words and len(holding) == 1 else None

    def trouble(self, typed: str) -> str:
        """Why nothing certain is meant, with what is near."""
        try:
            near = choose(typed, self._things, self._what)
        except NotFound as error:
            return " ".join(part for part in (error.message, error.hint) if part)
        return _did_you_mean(typed, near, self._what)

    def get(self, identifier: str) -> Named | None:
        """The thing with an id."""
        return self._by_id.get(identifier)


def _did_you_mean(typed: str, near: Named, what: str) -> str:
    from socius_tui.domain.text import clean
    from socius_tui.i18n import _

    return _("There is no {what} “{typed}”. Did you mean {near}?").format(
        what=what, typed=clean(typed, limit=80), near=clean(near.label, limit=100)
    )


def words(tags: Sequence[str]) -> list[Named]:
    """Words as things to choose from: each is its own name and id."""
    return [Named(tag, "", tag) for tag in tags]
