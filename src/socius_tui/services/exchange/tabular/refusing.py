"""The refusals of a list as a whole: where, why, what to do, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.text import clean
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.source import MOST_ROWS


def refusal(file: str, rule: str, sentence: str, hint: str = "", *, row: int = 0) -> BadFile:
    """Why a file is refused: "list.csv, row 3: A quote … [csv.quote]"."""
    place = _("{file}, row {n}").format(file=file, n=row) if row else file
    return by_rule(rule, f"{place}: {sentence}", hint)


def by_rule(rule: str, sentence: str, hint: str = "") -> BadFile:
    """The same of a sentence that says itself where: "list.xlsx is damaged … [xlsx.damaged]"."""
    return BadFile(f"{sentence} [{rule}]", hint=hint)


def empty_file(file: str) -> BadFile:
    """The refusal of a file in which nothing stands."""
    return refusal(
        file, "file.empty", _("This file is empty."), _("Check that this is the right file.")
    )


def no_rows(file: str, header: Sequence[str], hint: str = "") -> BadFile:
    """The refusal of a list that is a header and nothing more."""
    return refusal(
        file,
        "file.no_rows",
        _("There are no rows below the header ({columns}).").format(
            columns=", ".join(clean(name, limit=40) for name in header[:20])
        ),
        hint or _("Check that this is the right file."),
    )


def too_many_rows(file: str) -> BadFile:
    """The refusal of a list that is longer than any that is read."""
    return refusal(
        file,
        "file.too_many_rows",
        _("There are more than {n} rows.").format(n=MOST_ROWS),
        _("Split the list into several files."),
    )
