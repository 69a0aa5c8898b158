"""Organisations that look like each other: the same one under two names, perhaps."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from socius_tui.domain.text import fold

_LIKE: Final = 90  # of 100
#: Words that say what an organisation is in law and not which one it is.
_LEGAL: Final = frozenset(
    ("vzw", "asbl", "v.z.w.", "npo", "ivzw", "cv", "cvba", "nv", "bv", "stichting", "de", "het")
)


class Known(NamedTuple):
    """An organisation as it is compared."""

    id: str
    label: str
    words: str
    numbers: tuple[str, ...]
    municipality: str


def compared(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without legal form and order of words, and the numbers in it."""
    words = re.findall(r"[0-9a-z]+", fold(name))
    kept = [word for word in words if word not in _LEGAL] or words
    return " ".join(sorted(kept)), tuple(word for word in kept if word.isdigit())


class Likeness:
    """Finds, among those that it was told of, one that looks like another."""

    def __init__(self) -> None:
        self._known: dict[str, list[Known]] = {}

    def add(self, identifier: str, code: str, name: str, municipality: str) -> None:
        """Know one more."""
        words, numbers = compared(name)
        place = fold(municipality)
        label = f"{code} {name}".strip()
        self._known.setdefault(place, []).append(Known(identifier, label, words, numbers, place))

    def nearest(self, name: str, municipality: str) -> Known | None:
        """One in the same municipality that looks like it, numbers being equal.

        One of which the municipality is not known can be anywhere.
        """
        from rapidfuzz import fuzz, process

        words, numbers = compared(name)
        place = fold(municipality)
        some = (
            self.everyone()
            if not place
            else [*self._known.get(place, ()), *self._known.get("", ())]
        )
        among = [known for known in some if known.numbers == numbers]
        found = process.extractOne(
            words, [known.words for known in among], scorer=fuzz.ratio, score_cutoff=_LIKE
        )
        return among[found[2]] if found else None

    def everyone(self) -> list[Known]:
        """All that it was told of."""
        return [known for each in self._known.values() for known in each]

    def pairs(self) -> list[tuple[Known, Known]]:
        """All pairs that look like each other."""
        from rapidfuzz import fuzz

        everyone = self.everyone()
        return [
            (one, other)
            for place, one in enumerate(everyone)
            for other in everyone[place + 1 :]
            if one.numbers == other.numbers
            and (
                one.municipality == other.municipality
                or not (one.municipality and other.municipality)
            )
            and fuzz.ratio(one.words, other.words, score_cutoff=_LIKE)
        ]
