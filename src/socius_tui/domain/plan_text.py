"""A printed document as text: its lines without page furniture, its blocks, its broken words.

A block is what stands between blank lines; a page also begins one. A line that begins a page
has a form feed, or the single space that is left of it when a PDF became text. Three things are
no part of the text and taken out: lines with page numbers alone, lines that stand at the edge
of pages time and again (running titles), and pull quotes, short blocks that repeat a part of a
paragraph near them.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from socius_tui.domain.text import clean, fold

_PAGE_NUMBER: Final = (
    r"(?:p(?:agina|ag)?\.? ?)?[-–|]? ?[0-9]{1,4}(?: ?(?:[/|]|van|of|) ?[0-9]{1,4})? ?[-–|]?"
)
_LISTED: Final = r"(.*?[^\s.…_·])(?:[ .…_·]*(?:\.{3}|…|(?:\. ){3}|___)[ .…_·]*|\t+| {3,})[0-9]{1,4}"
WORD: Final = r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*"
_HYPHENS: Final = "-‐¬"  # the last is what some programs make of a hyphen that is a break
_TIMES_AT_EDGE: Final = 3  # from then on a line at the edge of pages is a running title
_QUOTE_NEAR: Final = 12  # blocks between a pull quote and the paragraph that it repeats
_QUOTE_LETTERS: Final = 25


class Line(NamedTuple):
    """A line of text; `number` counts all lines of the document from 1.

    `text` has single spaces and none around; `opens` is whether it begins a block; `listed`
    whether a page number stood behind it, as in a table of contents.
    """

    number: int
    text: str
    opens: bool
    listed: bool = False


class Break(NamedTuple):
    """A word that was broken at the end of a line; `sure` when the document shows it whole."""

    line: int
    word: str
    sure: bool


class Block(NamedTuple):
    """Lines that belong together, by their places in the document, and their text as one."""

    start: int
    stop: int
    text: str
    breaks: tuple[Break, ...]


class Document(NamedTuple):
    """What was read: lines, blocks, how often a word is there and how it is written.

    `words` counts folded words, and the parts of those with a hyphen; words that are broken at
    the end of a line are not in it. `spellings` tells how a word is written inside sentences,
    once `parted` has told titles from text.
    `width` is the length that nearly all lines keep to; `edges` are lines at the edge of a
    page, `furniture` those that were left out.
    """

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    words: Mapping[str, int]
    spellings: Mapping[str, str]
    width: int
    edges: frozenset[int]
    furniture: frozenset[int]
    suspended: frozenset[str]

    def join(self, lines: Sequence[Line]) -> tuple[str, tuple[Break, ...]]:
        """Some of its lines as one text, with the words that were broken there."""
        return joined(lines, self.words, self.suspended)


def letters(text: str) -> str:
    """A key for comparing wordings: letters and digits alone, no case, no accents."""
    return re.sub(r"[\W_]", "", fold(text))


def word_set(text: str) -> frozenset[str]:
    """The folded words of a text, those with hyphens in their parts."""
    return frozenset(re.findall(r"[^\W_]+", fold(text)))


def in_capitals(text: str) -> bool:
    """Whether all letters of a text are capitals, at least four of them."""
    found = [c for c in text if c.isalpha()]
    return len(found) >= 4 and text.upper() == text


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends where the text does."""
    return bool(re.search(r"[.!?][\"'”’)\]]*$", text))


def read_document(
    text: str, *, keep: Callable[[str], object], suspended: Iterable[str]
) -> Document:
    """The document in a text. Lines for which `keep` is true are never page furniture.

    `suspended` are words before which a hyphen stands for a part that comes later, as in
    "missie- en contextgedreven".
    """
    lines, edges = _lines(text)
    furniture = _running_titles(lines, edges, keep)
    lines = _without(lines, furniture)
    words, parts = _count(lines), frozenset(suspended)
    blocks = _blocks(lines, words, parts)
    quotes = _pull_quotes(lines, blocks, keep)
    if quotes:
        lines = _without(lines, quotes)
        blocks = _blocks(lines, words, parts)
    return Document(
        tuple(lines),
        tuple(blocks),
        words,
        {},
        _width(lines),
        frozenset(edges),
        frozenset(furniture | quotes),
        parts,
    )


def parted(document: Document, titles: Collection[tuple[int, int]]) -> Document:
    """The document with a block for each heading; these no longer tell how a word is written.

    `titles` are the places of headings, and those after their titles.
    """
    starts = {start for start, _stop in titles}
    more = starts | {stop for _start, stop in titles}
    lines = tuple(
        line._replace(opens=True) if at in more else line for at, line in enumerate(document.lines)
    )
    blocks = _blocks(lines, document.words, document.suspended)
    spellings = _spellings(lines, [block for block in blocks if block.start not in starts])
    return document._replace(lines=lines, blocks=tuple(blocks), spellings=spellings)


# ---- lines ---------------------------------------------------------------------------------


def _lines(text: str) -> tuple[list[Line], set[int]]:
    """The lines that hold something but a page number, and which stand at the edge of a page."""
    found: list[Line] = []
    edges: set[int] = set()
    opens, edge, indented = True, True, False
    for number, raw in enumerate(re.split(r"\r\n?|\n", text), 1):
        plain = re.sub("[\f\v\x85\u2028\u2029\u00a0]", " ", raw).strip(" \t\u00ad")
        if raw.rstrip().endswith("\u00ad"):
            plain += "¬"
        plain = clean(plain.replace("\u00ad", ""), limit=4000)
        one_space = re.match(r" [^\s\W]", raw) is not None and not indented
        page_number = re.fullmatch(_PAGE_NUMBER, plain, re.IGNORECASE) is not None
        if page_number or "\f" in raw or (one_space and not plain[0].islower()):
            opens = edge = True
            edges.update(line.number for line in found[-1:])
        if not plain or page_number:
            opens = True
            continue
        listed = re.fullmatch(_LISTED, plain)
        plain = " ".join((listed[1] if listed else plain).split())
        found.append(Line(number, plain, opens, listed is not None))
        if edge:
            edges.add(number)
        opens, edge, indented = False, False, raw[:1].isspace()
    return found, edges


def _without(lines: Sequence[Line], numbers: set[int]) -> list[Line]:
    """The other lines; what comes after a line that was left out begins a block."""
    kept: list[Line] = []
    opens = False
    for line in lines:
        if line.number in numbers:
            opens = True
            continue
        kept.append(line._replace(opens=True) if opens else line)
        opens = False
    return kept


def _running_titles(
    lines: Sequence[Line], edges: set[int], keep: Callable[[str], object]
) -> set[int]:
    """The numbers of lines that come back, each time at the edge of a page."""
    places: dict[str, list[int]] = {}
    for line in lines:
        places.setdefault(line.text, []).append(line.number)
    return {
        number
        for text, numbers in places.items()
        if len(numbers) >= _TIMES_AT_EDGE and edges.issuperset(numbers) and not keep(text)
        for number in numbers
    }


def _pull_quotes(
    lines: Sequence[Line], blocks: Sequence[Block], keep: Callable[[str], object]
) -> set[int]:
    keys = [letters(block.text) for block in blocks]
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if not _QUOTE_LETTERS <= len(keys[at]) <= 10 * _QUOTE_LETTERS:
            continue
        before = blocks[at - 1] if at else block
        if any(keep(lines[each.start].text) for each in (before, block)):
            continue  # a heading, its title, or the rest of one on the next page
        near = range(max(0, at - _QUOTE_NEAR), min(len(blocks), at + _QUOTE_NEAR + 1))
        if any(other != at and len(keys[other]) > 2 * len(keys[at]) and keys[at] in keys[other]
               for other in near):  # fmt: skip
            found.update(line.number for line in lines[block.start : block.stop])
    return found


def _blocks(
    lines: Sequence[Line], words: Mapping[str, int], suspended: frozenset[str]
) -> list[Block]:
    starts = [at for at, line in enumerate(lines) if line.opens]
    found = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        text, breaks = joined(lines[start:stop], words, suspended)
        found.append(Block(start, stop, text, breaks))
    return found


def _width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[-1 - len(lengths) // 50] if lengths else 0


# ---- words ---------------------------------------------------------------------------------


def _count(lines: Sequence[Line]) -> Counter[str]:
    """How often each word is printed whole."""
    found: Counter[str] = Counter()
    broken = False
    for line in lines:
        words = re.findall(WORD, line.text.casefold())
        if broken:
            words = words[1:]
        broken = line.text[-1] in _HYPHENS
        if broken:
            words = words[:-1]
        for word in words:
            found[word] += 1
            parts = re.split("[-‐]", word)
            if len(parts) > 1:
                found.update(parts)
    return found


def _spellings(lines: Sequence[Line], blocks: Sequence[Block]) -> dict[str, str]:
    """The most usual spelling of each word inside sentences, not on lines in capitals."""
    seen: dict[str, Counter[str]] = {}
    for block in blocks:
        if in_capitals(block.text):
            continue
        for match in re.finditer(WORD, block.text):
            before = block.text[: match.start()].rstrip(" \"'“”‘’(»•-–")
            if not before or before.endswith((".", "!", "?", ":")):
                continue
            for word in {match[0], *re.split("[-‐]", match[0])}:
                seen.setdefault(word.casefold(), Counter())[word] += 1
        for line in lines[block.start : block.stop]:
            if in_capitals(line.text):
                for word in re.findall(WORD, line.text):
                    seen.get(word.casefold(), Counter())[word] -= 1
    usual = {word: _usual(forms) for word, forms in seen.items()}
    return {word: form for word, form in usual.items() if form}


def _usual(forms: Counter[str]) -> str:
    """The form that occurs most, one in capitals only when there is no other; "" for none."""
    found = [form for form, times in forms.items() if times > 0]
    return max(
        found, key=lambda form: (len(form) < 2 or not form.isupper(), forms[form], form), default=""
    )


def joined(
    lines: Sequence[Line], words: Mapping[str, int], suspended: frozenset[str]
) -> tuple[str, tuple[Break, ...]]:
    """Lines as one text, with the words that were broken at the end of a line.

    A hyphen at the end of a line goes when the word without it is printed whole more often
    than the word with it; it stays when that is the other way round, and before a word that
    takes up a suspended part. Where the document shows neither, it goes if the next line
    begins in lower case or all is capitals, and stays otherwise.
    """
    text = ""
    breaks: list[Break] = []
    previous = 0
    for line in lines:
        if not text:
            text = line.text
        elif text[-1] in _HYPHENS and not text[-2:-1].isspace():
            text, found = _mended(text, line.text, words, suspended)
            if found is not None:
                breaks.append(Break(previous, *found))
        else:
            text += " " + line.text
        previous = line.number
    return text, tuple(breaks)


def _mended(
    text: str, following: str, words: Mapping[str, int], suspended: frozenset[str]
) -> tuple[str, tuple[str, bool] | None]:
    """The text with the next line behind it; the word that was mended and whether that is sure."""
    first = re.match(WORD, following)
    last = re.search(rf"{WORD}(?=[{_HYPHENS}]$)", text)
    if first is None or last is None:
        return text + following, None
    whole, hyphened = last[0] + first[0], f"{last[0]}-{first[0]}"
    with_none, with_one = words.get(whole.casefold(), 0), words.get(hyphened.casefold(), 0)
    if text[-1] == "¬":
        return text[:-1] + following, (whole, True)
    if not with_none and first[0].casefold() in suspended:
        return f"{text} {following}", None
    goes = with_none > with_one or (
        with_none == with_one and (first[0][0].islower() or in_capitals(last[0] + first[0]))
    )
    word = whole if goes else hyphened
    return (text[:-1] if goes else text) + following, (word, with_none != with_one)
