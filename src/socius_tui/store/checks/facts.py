"""What a check finds, before it is put in words."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from typing import NamedTuple

FactValue = str | int | None


class Fact(NamedTuple):
    """Something that is wrong: a code, the table and row that it is about, and values."""

    code: str
    kind: str = ""
    row_id: str = ""
    values: dict[str, FactValue] = {}  # noqa: RUF012 (never changed)
