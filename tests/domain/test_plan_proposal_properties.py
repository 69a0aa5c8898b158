"""Any tree that is printed as a document comes back as the same tree with the same titles."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain.plan_proposal import propose
from socius_tui.domain.plan_words import Level, Vocabulary
from socius_tui.services.exchange.plan_vocabulary import all_vocabularies

SYLLABLES = ("ka", "mo", "ti", "lus", "per", "nand", "vor", "rig", "schap", "zui")
# Those of words with a hyphen: a document in which "kamo" and "ka-mo" both occur is another game.
COMPOUND = (("sox", "cul"), ("vol", "wer"))
VOCABULARIES = all_vocabularies()
_TIMES = 400 if os.environ.get("SOCIUS_TORTURE") else 30

Word = tuple[tuple[str, ...], ...]  # parts between hyphens, each of syllables


class Goal(NamedTuple):
    level: Level
    words: tuple[Word, ...]
    children: tuple[Goal, ...]

    @property
    def title(self) -> str:
        text = " ".join(map(whole, self.words))
        return text[0].upper() + text[1:]


def whole(word: Word) -> str:
    return "-".join("".join(part) for part in word)


def words() -> st.SearchStrategy[Word]:
    plain = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(lambda x: (tuple(x),))
    parts = (st.lists(st.sampled_from(p), min_size=1, max_size=2).map(tuple) for p in COMPOUND)
    return st.one_of(plain, plain, st.tuples(*parts))


@st.composite
def goals(draw: st.DrawFn, vocabulary: Vocabulary, level: Level) -> Goal:
    title = draw(st.lists(words(), min_size=2, max_size=7).map(tuple))
    below = [each for each in vocabulary.levels if each.under is level.kind and each.words]
    children = draw(st.lists(goals(vocabulary, below[0]), max_size=3)) if below else []
    return Goal(level, title, tuple(children))


class Printer:
    """Prints goals as a document, with breaks where a printer might have them."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.whole_numbers = draw(st.booleans())
        self.page_break = draw(st.booleans())

    def print(self, goal: Goal, path: tuple[int, ...]) -> None:
        self.heading(goal, path)
        for number, child in enumerate(goal.children, 1):
            self.print(child, (*path, number))

    def heading(self, goal: Goal, path: tuple[int, ...]) -> None:
        numbers = path if self.whole_numbers else path[-1:]
        word = self.draw(st.sampled_from(goal.level.words))
        head = f"{word[0].upper()}{word[1:]} {'.'.join(map(str, numbers))}"
        if len(path) == 1 and self.draw(st.booleans()):
            title = [line.upper() for line in self.broken(goal)]
            self.lines += [head.upper(), *title]
        elif self.draw(st.booleans()):
            first, *others = self.broken(goal)
            self.lines += [f"{head}: {first}", *others]
        else:
            title = self.broken(goal)
            if self.page_break and len(title) > 1:
                title[1:1] = ["", "70 71", "", ""]
                self.page_break = False
            self.lines += [head, *title]
        self.lines += ["", "Hier staat uitleg bij wat erboven staat.", ""]

    def broken(self, goal: Goal) -> list[str]:
        """The title on some lines, with words broken between syllables or at their hyphen."""
        lines = [""]
        for number, word in enumerate(goal.words):
            if number:
                if self.draw(st.integers(0, 3)) == 0:
                    lines.append("")
                else:
                    lines[-1] += " "
            pieces = [
                syllable if at or not index else "-" + syllable
                for index, part in enumerate(word)
                for at, syllable in enumerate(part)
            ]
            breaks_at = self.draw(st.integers(0, 3 * len(pieces)))
            for at, piece in enumerate(pieces):
                if at and at == breaks_at:
                    lines[-1] += "-"
                    lines.append("")
                    piece = piece.removeprefix("-")
                lines[-1] += piece
        lines[0] = lines[0][0].upper() + lines[0][1:]
        return lines


def expected(tops: list[Goal]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []

    def walk(goal: Goal, path: tuple[int, ...], parent: str) -> None:
        code = goal.level.code + ".".join(map(str, path))
        found.append((code, parent, goal.title))
        for number, child in enumerate(goal.children, 1):
            walk(child, (*path, number), code)

    for number, top in enumerate(tops, 1):
        walk(top, (number,), "")
    return found


def witnesses(tops: list[Goal]) -> str:
    """A paragraph in which each word with a hyphen stands whole."""
    waiting, seen = list(tops), []
    while waiting:
        goal = waiting.pop()
        seen += [whole(word) for word in goal.words if len(word) > 1]
        waiting += goal.children
    return "Dit komt voor: " + " en ".join(sorted(set(seen)))


@settings(max_examples=_TIMES)
@given(st.data())
def test_a_printed_tree_comes_back(data: st.DataObject) -> None:
    vocabulary = data.draw(st.sampled_from(VOCABULARIES))
    tops = data.draw(st.lists(goals(vocabulary, vocabulary.levels[0]), min_size=1, max_size=4))
    printer = Printer(data.draw)
    printer.lines += [witnesses(tops), ""]
    for number, top in enumerate(tops, 1):
        printer.print(top, (number,))
    found = propose("\n".join(printer.lines), vocabulary)
    assert [(goal.code, goal.parent, goal.title) for goal in found.goals] == expected(tops)
    assert not found.unplaced
    assert not found.to_look_at


@settings(max_examples=_TIMES)
@given(st.data())
def test_so_it_does_when_goals_stand_before_their_heading(data: st.DataObject) -> None:
    vocabulary = data.draw(st.sampled_from(VOCABULARIES))
    top, below = vocabulary.levels[:2]
    words_of = st.lists(words(), min_size=2, max_size=5).map(tuple)
    leaves = st.lists(words_of.map(lambda title: Goal(below, title, ())), min_size=1, max_size=5)
    tops = [
        Goal(top, data.draw(words_of), tuple(data.draw(leaves)))
        for _number in range(data.draw(st.integers(2, 4)))
    ]
    early = data.draw(st.integers(1, len(tops) - 1))
    count = data.draw(st.integers(1, len(tops[early].children)))
    printer = Printer(data.draw)
    printer.whole_numbers = False
    printer.lines += [witnesses(tops), ""]
    for number, goal in enumerate(tops):
        before = count if number == early else 0
        for at, child in enumerate(goal.children[:before], 1):
            printer.heading(child, (number + 1, at))
        printer.heading(goal, (number + 1,))
        for at, child in enumerate(goal.children[before:], before + 1):
            printer.heading(child, (number + 1, at))
    found = propose("\n".join(printer.lines), vocabulary)
    assert [(goal.code, goal.parent, goal.title) for goal in found.goals] == expected(tops)
    assert [remark.code for remark in found.remarks if remark.look] == ["moved"]
