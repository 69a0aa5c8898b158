"""The document's own overview of its goals, as a second source for the proposal.

An overview has no headings: it is the place outside the plan's text where most titles come back
close together, a block each. Out of a PDF its cells come row by row, column by column, or as a
list; each is an order in which the tree must stand there, so the order tells whether the places
are right. Its wordings are held against the titles, letter by letter.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from socius_tui.domain.plan_headings import Remark
from socius_tui.domain.plan_outline import Node, everything
from socius_tui.domain.plan_text import Block, Document, letters, word_set
from socius_tui.domain.plan_words import Vocabulary
from socius_tui.domain.text import fold

_OF_CELL: Final = 0.75  # part of the words of a cell that a title must have
_OF_TITLE: Final = 0.4  # part of the words of a title that its cell must have
_MOST_WORDS: Final = 60
_GAP: Final = 3  # blocks of something else between two cells
_LEAST_CELLS: Final = 3


class Cell(NamedTuple):
    """A block of the overview and the goal that it names."""

    at: int
    node: Node


class Overview(NamedTuple):
    """Cells in the order of the document, from block `first` to block `last`."""

    cells: tuple[Cell, ...]
    first: int
    last: int


def find_overview(
    document: Document, tops: Sequence[Node], vocabulary: Vocabulary, taken: Iterable[int]
) -> Overview | None:
    """The densest place where at least half of the titles, and three, come back.

    `taken` are the places of lines with headings: a block with one is no cell.
    """
    nodes = everything(tops)
    own = {place for node in nodes for place in range(node.at, node.stop)} | set(taken)
    by_word: dict[str, set[int]] = {}
    sets = [word_set(node.title) for node in nodes]
    for number, words in enumerate(sets):
        for word in words:
            by_word.setdefault(word, set()).add(number)
    pronouns = {fold(word) for word in vocabulary.pronouns}
    keys = [letters(node.title) for node in nodes]
    groups: list[list[Cell]] = [[]]
    for at, block in enumerate(document.blocks):
        if not own.isdisjoint(range(block.start, block.stop)):
            continue
        best = _best(block.text, keys, sets, by_word, pronouns)
        if best is None:
            continue
        if groups[-1] and at - groups[-1][-1].at > _GAP + 1:
            groups.append([])
        groups[-1].append(Cell(at, nodes[best]))
    cells = max(groups, key=lambda group: len({cell.node.code for cell in group}))
    found = len({cell.node.code for cell in cells})
    if found < _LEAST_CELLS or 2 * found < len(nodes):
        return None
    return Overview(tuple(cells), cells[0].at, cells[-1].at)


def _best(
    text: str,
    keys: Sequence[str],
    sets: Sequence[frozenset[str]],
    by_word: Mapping[str, set[int]],
    pronouns: set[str],
) -> int | None:
    """The number of the title that a block comes nearest to, if near enough."""
    if len(text) > 12 * _MOST_WORDS:
        return None
    words = word_set(text) - pronouns
    key = letters(text)
    shared = Counter(number for word in words for number in by_word.get(word, ()))
    scored = [
        (keys[number] == key, n / len(words) * n / len(sets[number]), -number)
        for number, n in shared.items()
        if keys[number] == key
        or (len(words) >= 3 and n >= _OF_CELL * len(words) and n >= _OF_TITLE * len(sets[number]))
    ]
    return -max(scored)[2] if scored else None


# ---- places --------------------------------------------------------------------------------


def check_places(
    document: Document, tops: Sequence[Node], overview: Overview
) -> tuple[bool, list[Remark]]:
    """Whether the order of the cells confirms the places of the tree, and what does not fit."""
    seen = list(dict.fromkeys(cell.node for cell in overview.cells))
    below = [node for node in seen if node.parent is not None]
    nodes = [node for node in everything(tops) if node in seen]
    rows = [node for node in _by_rows(tops) if node in seen]
    as_list = [node for node in nodes if node.parent is not None]
    if seen == nodes and any(node.parent is None for node in seen):
        return True, []
    if below == rows:
        return rows != as_list, []
    if below == as_list:
        return False, []
    differs = next(
        at for at, pair in enumerate(zip(below, rows, strict=True)) if len(set(pair)) > 1
    )
    cell = next(cell for cell in overview.cells if cell.node is below[differs])
    values = {"found": below[differs].code, "expected": rows[differs].code}
    return False, [Remark("order", (_lines(document, cell.at),), below[differs].code, values)]


def _by_rows(tops: Sequence[Node]) -> list[Node]:
    """The goals under those on top, as the rows of a table that has these for columns."""
    columns = [top.children for top in tops if top.children]
    return [node for row in zip_longest(*columns) for node in row if node is not None]


def check_cells(
    document: Document, tops: Sequence[Node], overview: Overview, labels: set[str]
) -> Iterator[Remark]:
    """Goals that the overview lacks, and cells that are no goal. `labels` are other headings."""
    seen = {cell.node for cell in overview.cells}
    kinds = {node.level.kind for node in seen}
    whole = document.lines
    place = (
        whole[document.blocks[overview.first].start].number,
        whole[document.blocks[overview.last].stop - 1].number,
    )
    for node in everything(tops):
        if node not in seen and node.level.kind in kinds:
            here = (whole[node.at].number, whole[max(node.stop - 1, node.at)].number)
            yield Remark("not_in_overview", (here, place), node.code, {"title": node.title})
    cells = {cell.at for cell in overview.cells}
    for at in range(overview.first, overview.last + 1):
        text = document.blocks[at].text
        if at not in cells and not any(label in fold(text) for label in labels):
            yield Remark("only_in_overview", (_lines(document, at),), values={"text": text})


# ---- wordings ------------------------------------------------------------------------------


def check_wordings(
    document: Document, overview: Overview, vocabulary: Vocabulary
) -> Iterator[Remark]:
    """Where an overview words a title otherwise. Words that only the title tears apart are mended.

    They are mended, and said to be, when the document elsewhere has the word whole, or the
    overview breaks it with a hyphen, which only happens to one word.
    """
    pronouns = "|".join(map(re.escape, vocabulary.pronouns)) or "(?!)"
    for at, node in overview.cells:
        block = document.blocks[at]
        lines = document.lines
        here = (lines[node.at].number, lines[max(node.stop - 1, node.at)].number)
        places = (here, _lines(document, at))
        cell = re.sub(rf"^(?:{pronouns}) ", "", block.text, flags=re.IGNORECASE)
        if not letters(node.title).endswith(letters(cell)):
            values = {"title": node.title, "other": block.text}
            yield Remark("wording", places, node.code, values)
            continue
        if letters(node.title) != letters(block.text):
            values = {"title": node.title, "other": block.text}
            yield Remark("shortened", places, node.code, values, look=False)
        title, words = _less_torn(node.title, cell, document, block)
        for word in words:
            values = {"title": node.title, "other": block.text, "word": word.lower()}
            yield Remark("mended" if title else "torn", places, node.code, values)
        node.title = title or node.title


def _less_torn(title: str, other: str, document: Document, block: Block) -> tuple[str, list[str]]:
    """The title with the words whole that it tears and the other wording does not; those words.

    No title, when one of them has no witness.
    """
    mine = [(at, c.casefold()) for at, c in enumerate(title) if c.isalnum()]
    theirs = [(at, c.casefold()) for at, c in enumerate(other) if c.isalnum()]
    mine = mine[len(mine) - len(theirs) :]
    if [c for _at, c in mine] != [c for _at, c in theirs]:
        return "", []
    spans = [match.span() for match in re.finditer(r"[\w-]+", other)]
    cut: list[int] = []
    words: list[str] = []
    for (a, _), (b, _), (c, _), (d, _) in zip(mine, mine[1:], theirs, theirs[1:], strict=False):
        if title[a + 1 : b] == " " and c + 1 == d:
            cut.append(a + 1)
            start, stop = next(span for span in spans if span[0] <= c < span[1])
            words.append(other[start:stop])
    broken = {each.word.casefold() for each in block.breaks}
    if not all(document.words.get(w.casefold()) or w.casefold() in broken for w in words):
        return "", words
    return "".join(c for at, c in enumerate(title) if at not in cut), words


def _lines(document: Document, at: int) -> tuple[int, int]:
    block = document.blocks[at]
    return document.lines[block.start].number, document.lines[block.stop - 1].number
