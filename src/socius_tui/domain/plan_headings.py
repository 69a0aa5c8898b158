"""The headings of a plan's document, each with its whole title.

A line that reads as a heading is one when it begins a block, follows a title, or follows the
end of a sentence; elsewhere it is the middle of a sentence and only reported. A title is what
stands behind the number and on the lines after it, up to the first of these: the end of the
block, unless the page ends in the middle of the title; the end of a sentence before a capital;
a list; after capitals a line that is not in capitals; another heading; and a line that begins
with a capital although its first word would have fitted on the line before. The last holds for
a title that stands behind its number, and for one on lines of its own when its block runs on
into the explanation; it is reported.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from socius_tui.domain.plan_text import Break, Document, Line, ends_sentence, in_capitals
from socius_tui.domain.plan_words import Found, Level

TITLE_LIMIT: Final = 500
_BULLET: Final = r"[•»▪■*–-] ?"
_LOOK_AHEAD: Final = 60  # lines of a block without blank lines, for the length of its lines
_EXPLANATION: Final = 12  # words; what is shorter is still the title

_NOTES: Final = ("over_page", "short_line")

Reader = Callable[[str], Found | None]


class Remark(NamedTuple):
    """What a person should know of the proposal: `code` says what kind, `lines` where.

    `lines` are pairs of first and last, the place itself first; `goal` is the code of the goal
    it concerns, if it is one; `values` fill the sentence. `look` is False for what only tells
    how something was read.
    """

    code: str
    lines: tuple[tuple[int, int], ...]
    goal: str = ""
    values: Mapping[str, str | int] = {}
    look: bool = True


class Heading(NamedTuple):
    """A heading: its place and that of the first line after its title; its numbers.

    `title` is as printed, in one piece; `listed` when a page number stands behind it.
    """

    at: int
    after: int
    level: Level
    path: tuple[int, ...]
    title: str
    breaks: tuple[Break, ...]
    listed: bool


def find_headings(document: Document, read: Reader) -> tuple[list[Heading], list[Remark]]:
    """All headings in their order, and what looks like one and is not."""
    found: list[Heading] = []
    remarks: list[Remark] = []
    lines = document.lines
    after = 0
    for at, line in enumerate(lines):
        heading = read(line.text) if at >= after else None
        if heading is None:
            continue
        here = ((line.number, line.number),)
        if not _may_be_one(lines, at, after if found else -1):
            remarks.append(Remark("inside", here, values={"text": line.text}))
        elif not heading.path:
            if line.opens:
                remarks.append(Remark("unnumbered", here, values={"text": line.text}))
        else:
            taken, after, told = _title(document, at, heading.rest, read)
            text, breaks = document.join(taken)
            if len(text) > TITLE_LIMIT:
                text = _first_sentence(text)
                told.append("long_title")
            listed = line.listed or any(each.listed for each in taken)
            found.append(Heading(at, after, heading.level, heading.path, text, breaks, listed))
            span = ((line.number, lines[max(after - 1, at)].number),)
            remarks += (
                Remark(code, span, values={"text": line.text}, look=code not in _NOTES)
                for code in told
            )
    return found, remarks


def _may_be_one(lines: tuple[Line, ...], at: int, after_title: int) -> bool:
    line = lines[at]
    if line.opens or line.listed or at == after_title:
        return True
    word = line.text.lstrip("#*•»▪■>–- ")
    return ends_sentence(lines[at - 1].text) and word[:1].isupper()


def _title(
    document: Document, at: int, rest: str, read: Reader
) -> tuple[list[Line], int, list[str]]:
    """The lines of a title, the place after them, and the codes of what is to be said of it."""
    lines = document.lines
    taken = [lines[at]._replace(text=rest)] if rest else []
    told: list[str] = []
    place = at + 1
    while place < len(lines) and read(lines[place].text) is None:
        if taken:
            why_not = _ends_before(document, at, taken, place, read)
            if why_not is not None:
                told += [why_not] if why_not else []
                break
            if lines[place].opens:
                told.append("over_page")
        taken.append(lines[place])
        place += 1
    return taken, place, told if taken else ["no_title"]


def _ends_before(
    document: Document, at: int, taken: list[Line], place: int, read: Reader
) -> str | None:
    """None when the title goes on; else the code of a remark, or "" when the end is plain."""
    line, last = document.lines[place], taken[-1].text
    capitals = in_capitals(taken[0].text)
    if taken[-1].listed:
        return ""
    if line.opens:
        goes_on = last[-1] in "-‐¬" or (line.text[0].islower() and not ends_sentence(last))
        return None if goes_on and not capitals and line.number in document.edges else ""
    plain_end = (
        (ends_sentence(last) and not line.text[0].islower())
        or re.match(_BULLET, line.text) is not None
        or (capitals and line.text.upper() != line.text)
    )
    if plain_end:
        return ""
    if capitals or not line.text[0].isupper() or last[-1] in "-‐¬,":
        return None
    first_word = len(line.text.split()[0])
    if taken[0].number == document.lines[at].number:
        length = len(document.lines[place - 1].text)
        return "short_line" if length + 1 + first_word <= document.width else None
    return "title_end" if _explains(document.lines, taken, place, read) else None


def _explains(lines: tuple[Line, ...], taken: list[Line], place: int, read: Reader) -> bool:
    """Whether the explanation begins on this line, in a block without a blank line."""
    stop = place
    while stop < min(len(lines), place + _LOOK_AHEAD):
        if stop > place and (lines[stop].opens or read(lines[stop].text) is not None):
            break
        stop += 1
    if stop < len(lines) and lines[stop].opens and read(lines[stop].text) is None:
        return False  # the explanation is the next block
    block = lines[place:stop]
    width = max(len(each.text) for each in (*taken, *block))
    words = sum(len(each.text.split()) for each in block)
    return (
        words >= _EXPLANATION
        and ends_sentence(block[-1].text)
        and len(taken[-1].text) + 1 + len(lines[place].text.split()[0]) <= width
    )


def _first_sentence(text: str) -> str:
    end = re.search(r"[.!?](?= [^\W_a-z])", text[:TITLE_LIMIT])
    return text[: end.end()] if end else text[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"
