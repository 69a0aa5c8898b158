"""Prints: tables in four forms, lines, fact sheets. The only place that writes to stdout."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from socius_tui.domain.text import clean
from socius_tui.i18n import _, get_language
from socius_tui.services.exchange.tables import NUMBERS, Column, Table, shown

PLAIN_WIDTH: Final = 120  # where there is no terminal and COLUMNS says nothing

_COLOURS: Final = {  # SGR codes
    "met": "1;32",
    "on_track": "32",
    "attention": "33",
    "off_track": "31",
    "no_data": "2",
    "not_started": "2",
}


def emit(table: Table, form: str, known_at: datetime | None = None) -> None:
    """Print a table in one of the forms; for a reader with the moment at which it was known."""
    if form == "table":
        print_table(table)
    else:
        from socius_tui.services.exchange.forms import parts

        write_exactly(parts(table, form))
    if form in ("table", "markdown"):
        print_known(known_at)


def print_known(known_at: datetime | None) -> None:
    """Below what was printed, that it is what was known at a moment; nothing when that is now."""
    if known_at is not None:
        print_line("")
        print_line(_("As known on {moment}").format(moment=moment(known_at)))


def moment(at: datetime) -> str:
    """A moment to read."""
    from socius_tui.domain.typed_moments import moment_words

    return moment_words(at, get_language())


def content(table: Table) -> str:
    """The first digits of the content hash of a table."""
    from socius_tui.services.exchange.csvfile import HASH_SHOWN, content_hash

    return content_hash(table)[:HASH_SHOWN]


def print_table(table: Table) -> None:
    """A table for people, as wide as the terminal."""
    from socius_tui.cli.drawing import Cell, Heading, table_lines

    columns = [column for column in table.columns if column.seen]
    headings = [Heading(_(c.heading), c.kind in NUMBERS, c.flow) for c in columns]
    rows = [
        [Cell(shown(column, row), _colour(column, row)) for column in columns] for row in table.rows
    ]
    for line in table_lines(headings, rows, screen_width(), colour=in_colour()):
        print_line(line)


def _colour(column: Column, row: Any) -> str:
    return _COLOURS.get(str(column.get(row)), "") if column.name == "status" else ""


def screen_width() -> int:
    """The width of the terminal; where there is none that of COLUMNS, or a fixed one."""
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("[1-9][0-9]{1,3}", columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or PLAIN_WIDTH
    except (OSError, ValueError):
        return PLAIN_WIDTH


def in_colour() -> bool:
    """Whether status words are coloured; their symbols say the same without."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in ("dumb", "")
    return wanted and os.name == "posix" and sys.stdout.isatty()


def print_line(text: str) -> None:
    """One line; what comes from data has been cleaned."""
    print(text)


def tell(text: str) -> None:
    """What was done, on one line; any text is safe."""
    print_line(clean(text))


def tell_wrapped(text: str) -> None:
    """Some sentences, broken to fit; any text is safe."""
    from socius_tui.cli.drawing import wrapped

    for line in wrapped(clean(text), screen_width()):
        print_line(line)


def tell_aside(text: str, *, indent: int = 0) -> None:
    """On stderr, what is said about the answer; any text is safe, and it is broken to fit."""
    from socius_tui.cli.drawing import wrapped

    lines = wrapped(clean(text), screen_width() - indent)
    print("\n".join(" " * indent + line for line in lines), file=sys.stderr)


def print_sheet(title: str, facts: Iterable[tuple[str, str]]) -> None:
    """A title with facts beneath: label and value; those without a value are left out."""
    from socius_tui.cli.drawing import sheet_lines

    print_title(clean(title))
    cleaned = [(clean(label), clean(value, keep_newlines=True)) for label, value in facts]
    for line in sheet_lines(cleaned, screen_width()):
        print_line(line)


def print_title(text: str) -> None:
    """A line that stands out, where the terminal can."""
    print_line(f"\x1b[1m{text}\x1b[0m" if in_colour() else text)


def print_list(title: str, items: Sequence[str]) -> None:
    """A heading with lines beneath; nothing when there are none."""
    if not items:
        return
    from socius_tui.cli.drawing import wrapped

    print_line("")
    print_title(title)
    for item in items:
        for line in wrapped(clean(item), screen_width() - 2):
            print_line(f"  {line}")


def write_exactly(parts: Iterable[str | bytes]) -> None:
    """Write text to stdout as UTF-8, byte for byte, whatever the platform makes of line ends."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    for part in parts:
        data = part.encode("utf-8", "replace") if isinstance(part, str) else part
        if binary is None:
            sys.stdout.write(data.decode())
        else:
            binary.write(data)
    sys.stdout.flush()
