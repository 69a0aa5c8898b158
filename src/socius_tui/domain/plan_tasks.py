"""Goals that the document announces without a number: tasks under a section, items of a list.

Under the heading of a section each block in capitals that an explanation follows is such a goal.
One that stands before that heading, after the last numbered goal, is taken when the document
repeats its title elsewhere, as an overview does; else it is only reported.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Final

from socius_tui.domain.plan_headings import Reader, Remark
from socius_tui.domain.plan_outline import Node
from socius_tui.domain.plan_text import Block, Document, in_capitals, letters
from socius_tui.domain.plan_words import Level, Vocabulary, count_reader
from socius_tui.domain.text import fold

CHAPTER: Final = r"(?:[0-9]{1,2}(?: ?\. ?[0-9]{1,2})* ?\.|[0-9]{1,2}(?:\.[0-9]{1,2})+|[IVX]{1,5}\.)"
_BULLET: Final = r"[•▪■*–-] ?"
_RUNNING: Final = 5  # words from which a block is an explanation


def is_end(document: Document, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a block ends the text of a goal: the number of a chapter, or "Sources"."""
    first = document.lines[block.start].text
    return re.fullmatch(CHAPTER, first) is not None or fold(block.text.rstrip(":")) in (
        fold(word) for word in vocabulary.ends
    )


def find_tasks(
    document: Document, vocabulary: Vocabulary, level: Level, read: Reader, numbered: Sequence[int]
) -> tuple[list[Node], list[Node], list[Remark]]:
    """The goals of a level that a section has: those found, those in doubt, and remarks.

    `numbered` are the places of the numbered headings, in order.
    """
    blocks = document.blocks
    names = {fold(word) for word in level.sections}
    sections = [at for at, block in enumerate(blocks) if _plain_heading(block.text) in names]
    for section in sections:
        stop = section + 1
        while not (
            stop == len(blocks)
            or is_end(document, blocks[stop], vocabulary)
            or read(document.lines[blocks[stop].start].text) is not None
        ):
            stop += 1
        inside = [at for at in range(section + 1, stop) if _is_task(blocks, at, names, read)]
        if not inside:
            continue
        times = Counter(letters(block.text) for block in blocks)
        last_goal = max((at for at in numbered if at < blocks[section].start), default=None)
        before = [
            at
            for at in range(section)
            if last_goal is not None
            and blocks[at].start > last_goal
            and _is_task(blocks, at, names, read)
        ]
        sure = [at for at in before if times[letters(blocks[at].text)] > 1]
        heading = document.lines[blocks[section].stop - 1]
        remarks = [
            Remark(
                "before_section" if at in sure else "task_in_doubt",
                (_lines(document, blocks[at]), (heading.number, heading.number)),
                values={"title": blocks[at].text, "heading": heading.text},
                look=at not in sure,
            )
            for at in before
        ]
        found = [_node(level, number, blocks[at]) for number, at in enumerate([*sure, *inside], 1)]
        doubtful = [_node(level, 0, blocks[at]) for at in before if at not in sure]
        return found, doubtful, remarks
    return [], [], [
        Remark("section_empty", (_lines(document, blocks[at]),), values={"text": blocks[at].text})
        for at in sections[:1]
    ]  # fmt: skip


def _plain_heading(text: str) -> str:
    """A heading without the number of its chapter."""
    return fold(re.sub(rf"^{CHAPTER} ?", "", text))


def _is_task(blocks: Sequence[Block], at: int, names: set[str], read: Reader) -> bool:
    text = blocks[at].text
    following = blocks[at + 1].text if at + 1 < len(blocks) else ""
    return (
        in_capitals(text)
        and _plain_heading(text) not in names
        and re.match(rf"{CHAPTER}( |$)", text) is None
        and read(text) is None
        and not in_capitals(following)
        and len(following.split()) >= _RUNNING
    )


def _node(level: Level, number: int, block: Block) -> Node:
    node = Node(level, number, block.start, block.stop, block.text)
    node.path = (number,)
    node.breaks = block.breaks
    return node


def _lines(document: Document, block: Block) -> tuple[int, int]:
    return document.lines[block.start].number, document.lines[block.stop - 1].number


def find_lists(
    document: Document, vocabulary: Vocabulary, level: Level, parent: Node, until: int
) -> list[Remark]:
    """Put the items of the list that a goal's text announces under it; `until` ends that text.

    The announcement names how many there are ("three objectives … :"); another number of
    items is reported, and nothing is taken.
    """
    read = count_reader(vocabulary, dict.fromkeys(level.lists, level.kind))
    first = bisect_left(document.blocks, parent.stop, key=lambda block: block.start)
    for block in takewhile(lambda block: block.stop <= until, islice(document.blocks, first, None)):
        if not block.text.endswith(":"):
            continue
        for _kind, expected in read(block.text):
            items = _items(document, block.stop, until)
            if len(items) != expected:
                values: dict[str, str | int] = {"said": expected, "found": len(items)}
                return [Remark("list_count", (_lines(document, block),), parent.code, values)]
            for number, (start, stop) in enumerate(items, 1):
                taken = list(document.lines[start:stop])
                taken[0] = taken[0]._replace(text=re.sub(f"^{_BULLET}", "", taken[0].text))
                text, breaks = document.join(taken)
                node = Node(level, number, start, stop, text[:1].upper() + text[1:])
                node.path, node.parent, node.breaks = (*parent.path, number), parent, breaks
                parent.children.append(node)
            return []
    return []


def _items(document: Document, start: int, until: int) -> list[tuple[int, int]]:
    """The places of the items of a list: each begins with a bullet."""
    found: list[tuple[int, int]] = []
    for at in range(start, until):
        line = document.lines[at]
        if re.match(_BULLET, line.text):
            found.append((at, at + 1))
        elif line.opens or not found:
            break
        else:
            found[-1] = (found[-1][0], at + 1)
    return found
