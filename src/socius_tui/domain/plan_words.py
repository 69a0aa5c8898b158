"""The words with which a kind of plan announces its goals: data, not code.

They are read from sample_data/vocabularies (docs/plan-draft.md); this says what is in them.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from socius_tui.domain.model import GoalKind
from socius_tui.domain.text import fold

NUMBER: Final = r"[0-9]{1,6}(?:\.[0-9]{1,6})*"
_AHEAD: Final = r"(?:[#*•»▪■>–-]+ ?)?"


class Level(NamedTuple):
    """One level of goals, and how the document writes it.

    `words` stand before a number in a heading; `many` is the plural with which the document
    counts; `sections` head a part in which each heading in capitals is such a goal; `lists`
    announce a list whose items are. `code` begins the code of a goal: SD, then 1.
    """

    kind: GoalKind
    code: str
    under: GoalKind | None = None
    words: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


class Vocabulary(NamedTuple):
    """The words of one kind of plan; levels stand from the highest to the lowest.

    `plan` is what the document calls itself, `ends` are headings that end a goal's text,
    `pronouns` what an overview writes in place of a subject, `suspended` what follows a
    hyphen that is no break, `numbers` the number words.
    """

    code: str
    name: str
    levels: tuple[Level, ...]
    plan: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()
    numbers: Mapping[str, int] = {}

    def level(self, kind: GoalKind | None) -> Level | None:
        """The first level of this kind."""
        return next((level for level in self.levels if level.kind is kind), None)

    def depth(self, level: Level) -> int:
        """How many numbers a goal of this level has in its code: one on top."""
        above = self.level(level.under)
        return 1 if above is None else 1 + self.depth(above)


class Found(NamedTuple):
    """What a heading says: its level, its numbers (none when it has none), what comes after.

    `bare` is whether nothing stands between the number and what comes after.
    """

    level: Level
    path: tuple[int, ...]
    rest: str
    bare: bool


def heading_reader(vocabulary: Vocabulary) -> Callable[[str], Found | None]:
    """A function that reads a line as a heading, or gives None."""
    by_word = {fold(word): level for level in vocabulary.levels for word in level.words}
    if not by_word:
        return lambda _text: None
    words = [word for level in vocabulary.levels for word in level.words]
    pattern = re.compile(
        rf"{_AHEAD}({_alternatives(words)})(?:(?: (?:nr\.?|nummer))? ?({NUMBER})(?![\w])"
        rf" ?([.:)–—-]*) ?(.*)| ?)",
        re.IGNORECASE,
    )

    def read(text: str) -> Found | None:
        match = pattern.fullmatch(text)
        if match is None:
            return None
        word, number, mark, rest = match.groups()
        path = tuple(int(part) for part in number.split(".")) if number else ()
        rest = (rest or "").strip("*# ")
        if rest[:1].islower() and not mark:
            return None  # "Strategisch doel 1 wordt …" is a sentence
        return Found(by_word[fold(word)], path, rest, not mark)

    return read


def count_reader(
    vocabulary: Vocabulary, words: Mapping[str, GoalKind]
) -> Callable[[str], list[tuple[GoalKind, int]]]:
    """A function that finds how many goals of which kind a text says there are.

    The letters of the words may be torn apart by spaces, as happens in text out of a PDF.
    """
    if not words:
        return lambda _text: []
    torn = {r"[ -]?".join(re.escape(c) for c in word.replace(" ", "")): word for word in words}
    number = "|".join([*map(re.escape, vocabulary.numbers), "[0-9]{1,3}"])
    patterns = [
        (re.compile(rf"(?<![\w.])({number})\s+{pattern}(?!\w)", re.IGNORECASE), words[word])
        for pattern, word in torn.items()
    ]

    def read(text: str) -> list[tuple[GoalKind, int]]:
        return [
            (kind, vocabulary.numbers.get(match[1].casefold()) or int(match[1]))
            for pattern, kind in patterns
            for match in pattern.finditer(text)
        ]

    return read


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)
    )
