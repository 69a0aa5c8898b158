"""Titles of goals as a plan file has them, and what the document calls itself."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from socius_tui.domain.plan_headings import Remark
from socius_tui.domain.plan_outline import Node
from socius_tui.domain.plan_text import WORD, Document, in_capitals
from socius_tui.domain.plan_words import Vocabulary

_YEARS: Final = r"(?:19|20)[0-9]{2}"
_PART: Final = 4  # letters of both parts from which "beroeps krachten" may be one word


def tidy(title: str, spellings: Mapping[str, str]) -> str:
    """A title without the point behind it, and capitals as the document writes the words.

    A word that the document only has in capitals becomes lower case.
    """
    title = re.sub(r"\s+([.,;:!?])", r"\1", title.strip())
    if not title.endswith(".."):
        title = title.removesuffix(".")
    if not in_capitals(title):
        return title
    plain = re.sub(WORD, lambda m: _spelled(m[0], spellings), title)
    return plain[:1].upper() + plain[1:]


def _spelled(word: str, spellings: Mapping[str, str]) -> str:
    known = spellings.get(word.casefold())
    if known is not None:
        return known
    parts = re.split("([-‐'’])", word)
    return "".join(spellings.get(part.casefold(), part.lower()) for part in parts)


def _plain_words(title: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", title)


def _maybe_torn(document: Document, title: str) -> Iterator[tuple[str, str]]:
    """Words beside each other that the document also has as one."""
    words = re.findall(r"\S+", title)
    for a, b in pairwise(words):
        b = b.rstrip(".,;:!?")
        if min(len(a), len(b)) >= _PART and document.words.get((a + b).casefold()):
            yield a, b


def title_remarks(document: Document, node: Node, *, in_overview: bool) -> Iterator[Remark]:
    """What is to be said of how a title was read; an overview has said more of torn words."""
    here = (heading_lines(document, node),)
    for each in node.breaks:
        if not each.sure:
            place = ((each.line, each.line),)
            yield Remark("hyphen", place, node.code, {"word": each.word.lower()}, look=False)
    if in_capitals(node.title):
        words = (word.casefold() for word in _plain_words(node.title))
        unknown = [word for word in dict.fromkeys(words) if word not in document.spellings]
        if unknown:
            values = {"words": ", ".join(unknown)}
            yield Remark("capitals", here, node.code, values, look=False)
    if not in_overview:
        for a, b in _maybe_torn(document, node.title):
            values = {"apart": f"{a} {b}".lower(), "word": (a + b).lower()}
            yield Remark("one_word", here, node.code, values)


def heading_lines(document: Document, node: Node) -> tuple[int, int]:
    """The lines of a goal's heading and title."""
    lines = document.lines
    return lines[node.at].number, lines[max(node.stop - 1, node.at)].number


def calls_itself(
    document: Document, vocabulary: Vocabulary
) -> tuple[str, tuple[int, int], tuple[int, int] | None, list[Remark]]:
    """Its title, the lines of it, the years of its period, and what else it says of those."""
    if not vocabulary.plan:
        return "", (0, 0), None, []
    words = "|".join(map(re.escape, sorted(vocabulary.plan, key=len, reverse=True)))
    pattern = re.compile(rf"\b({words}) ({_YEARS}) ?[-–/] ?({_YEARS})\b", re.IGNORECASE)
    found: dict[tuple[int, int], list[tuple[str, tuple[int, int]]]] = {}
    for block in document.blocks:
        for match in pattern.finditer(block.text):
            lines = (document.lines[block.start].number, document.lines[block.stop - 1].number)
            years = (int(match[2]), int(match[3]))
            if years[0] <= years[1]:
                found.setdefault(years, []).append((match[1], lines))
    if not found:
        return "", (0, 0), None, []
    years = max(found, key=lambda each: len(found[each]))
    word, lines = found[years][0]
    remarks = [
        Remark("other_period", (places[0][1],), values={"period": f"{a}-{b}"})
        for (a, b), places in found.items()
        if (a, b) != years
    ]
    return f"{word.capitalize()} {years[0]}-{years[1]}", lines, years, remarks
