"""A report as pure data: a document of sections, and in them what a reader sees.

Every text in it is finished: cleaned, in one language, with its numbers and dates written out.
Only what is drawn (bars, charts) has numbers. So each renderer only has to lay it out, none
holds a word of its own, and two reports with the same content are the same on the last bit.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final, NamedTuple, TypeAlias

from socius_tui.domain.model import Period


class Kind(StrEnum):
    """The reports that there are."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    BOARD = "board"
    DEPARTMENT = "department"
    VISITS = "visits"


class Form(StrEnum):
    """What a report can be written as; the value is the extension of its file."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"


class Wanted(NamedTuple):
    """A report that is asked for.

    `period` is what a year, half-year or visits report is about (None: what that kind takes by
    itself). `as_of` None is the end of the period, or today where that comes first. With
    `private` the private notes of visits and the people met are in it, else they are not.
    """

    kind: Kind
    period: Period | None = None
    as_of: date | None = None
    work_type_id: str | None = None
    private: bool = False


# ---- what stands in a section --------------------------------------------------------------


class Paragraph(NamedTuple):
    """A paragraph; `label` is the word in front of it ("What next"), if any."""

    text: str
    label: str = ""


class Bullets(NamedTuple):
    """A list of short lines."""

    items: tuple[str, ...]


class Callout(NamedTuple):
    """Something that a reader must not miss."""

    title: str
    text: str


class Figure(NamedTuple):
    """A number that speaks for itself: the number, what it is, and what to hold it against."""

    value: str
    label: str
    note: str = ""


class Figures(NamedTuple):
    """A few numbers side by side."""

    items: tuple[Figure, ...]


class Gauge(NamedTuple):
    """Where a goal stands: status by code, symbol and word, a bar, and the facts beside it.

    `share` (0 to 1) is the length of the bar and `expected` (0 to 1) its mark; None draws none.
    """

    status: str
    symbol: str
    word: str
    share: Fraction | None
    expected: Fraction | None
    facts: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """A column of a table; numbers stand at the right. `width` is its part of the whole."""

    heading: str
    numeric: bool = False
    width: int = 1


class Cell(NamedTuple):
    """A cell: its text, a smaller line under it, and a status or a bar where it has one."""

    text: str
    note: str = ""
    status: str = ""
    symbol: str = ""
    share: Fraction | None = None
    expected: Fraction | None = None


class Table(NamedTuple):
    """A table; the first cell of a row is its heading. `total` sets the last row apart."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False


class Mark(NamedTuple):
    """A point of a chart."""

    day: date
    value: Fraction


class Chart(NamedTuple):
    """A burn-up chart: what was reached, what was expected, the targets on their days.

    `text` says in words what the picture shows, for whoever does not see it. `words` are the
    names of value, expected and target.
    """

    title: str
    text: str
    unit: str
    start: date
    end: date
    values: tuple[Mark, ...]
    expected: tuple[Mark, ...]
    targets: tuple[Mark, ...]
    words: tuple[str, str, str]


class Charts(NamedTuple):
    """Charts that stand side by side."""

    items: tuple[Chart, ...]


Block: TypeAlias = Paragraph | Bullets | Callout | Figures | Gauge | Table | Charts


class Section(NamedTuple):
    """A heading and what stands under it: its blocks, then its own sections."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()


class Report(NamedTuple):
    """A whole report.

    `contents` is the heading above the list of its sections; "" where it has none. `facts` say
    what it was made from and stand in the footer: plan, as-of date, what was known, version.
    `hash_label` is what stands before the content hash there. `one_page` is that it must fit
    on one sheet.
    """

    kind: Kind
    language: str
    title: str
    subtitle: str
    organisation: str
    as_of: date
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]
    hash_label: str
    contents: str = ""
    one_page: bool = False

    @property
    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of what the report says.

        The facts of the footer are not in it: the same content made from a newer state of the
        file, or by a newer version of the program, is the same content.
        """
        content = plain(self._replace(facts=(), hash_label=""))
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode("utf-8", "replace")).hexdigest()

    @property
    def footer(self) -> tuple[tuple[str, str], ...]:
        """What it was made from, and the hash of what it says: labels and values."""
        return (*self.facts, (self.hash_label, self.content_hash[:HASH_SHOWN]))


HASH_SHOWN: Final = 16  # of the 64 digits of the content hash: enough to compare by eye


def block_name(block: object) -> str:
    """What a block is: "paragraph", "table" and so on."""
    return type(block).__name__.lower()


def plain(part: object, replaced: "Mapping[type, Any] | None" = None) -> Any:
    """A part of a report as lists, objects, texts and numbers: what JSON can hold, canonical.

    An object says what it is in "is". Fractions are texts like "83/136". `replaced` gives, by
    type, a function for parts that are to become something else.
    """
    for kind, become in (replaced or {}).items():
        if isinstance(part, kind):
            return become(part)
    if isinstance(part, Enum):
        return str(part.value)
    if isinstance(part, Fraction):
        return str(part)
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, tuple) and hasattr(part, "_fields"):
        fields = {name: plain(getattr(part, name), replaced) for name in part._fields}
        return {"is": block_name(part), **fields}
    if isinstance(part, tuple):
        return [plain(each, replaced) for each in part]
    return part
