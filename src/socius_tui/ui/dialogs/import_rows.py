"""The rows of a list as the preview shows them: in the table, and one of them whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from textual.content import Content

from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.exchange.tabular.source import Rejection
from socius_tui.services.importing.outcome import Line, Preview, State
from socius_tui.services.importing.telling import MARKS, change_text, found_text
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Row

ALL: Final = ""
FILTERS: Final = {
    ALL: N_("all"),
    State.NEW: N_("new"),
    State.CHANGED: N_("changed"),
    State.SAME: N_("the same"),
    State.REJECTED: N_("refused"),
}
STYLES: Final = {
    State.NEW: "$status-on-track",
    State.CHANGED: "$status-attention",
    State.SAME: text.DIM,
    State.REJECTED: "$status-off-track",
}


@dataclass(slots=True)
class Shown:
    """A row of the list as the preview shows it; a refused one has its reasons."""

    row: int
    state: State
    line: Line | None = None
    reasons: list[Rejection] = field(default_factory=list)


def rows_of(preview: Preview) -> dict[str, Shown]:
    """The rows of a preview by their number, in the order of the list."""
    found: dict[int, Shown] = {}
    for line in preview.lines:
        found[line.row] = Shown(line.row, line.state, line)
    for reason in preview.rejections:
        row = found.setdefault(reason.row, Shown(reason.row, State.REJECTED))
        row.reasons.append(reason)
    return {str(number): found[number] for number in sorted(found)}


def about_text(preview: Preview) -> Content:
    """How the file is written, what is left out of it, and what is remarkable."""
    lines = [text.plain(found_text(preview))]
    if left_out := preview.columns.left_out:
        names = ", ".join(text.plain(name, limit=40).plain or "–" for name in left_out)
        lines.append(text.plain(_("Left out: {columns}").format(columns=names)))
    return text.lines([*lines, *(text.plain(remark) for remark in preview.remarks)])


def verdict(preview: Preview) -> str:
    """What can be done with it, and whether all of it is shown."""
    refused = preview.counts[State.REJECTED]
    if not preview.rows:
        said = _("There are no rows in this list.")
    elif refused:
        said = ngettext("{n} row cannot be taken.", "{n} rows cannot be taken.", refused).format(
            n=refused
        )
    elif preview.writes:
        said = _("Everything in this list can be taken.")
    else:
        said = _("Nothing in this list is new.")
    shown = len({line.row for line in preview.lines} | {r.row for r in preview.rejections})
    if shown < preview.rows:
        more = _("The first {n} of {rows} rows are shown.").format(n=shown, rows=preview.rows)
        return f"{said} {more}"
    return said


def line_of(kind: str, row: Shown) -> Row:
    """A row of the table: its mark, its number, what it is about, what changes or why not."""
    if row.line is not None:
        about = row.line.label
        what = "; ".join(change_text(kind, change) for change in row.line.changes)
    else:
        about = ", ".join(filter(None, dict.fromkeys(reason.value for reason in row.reasons)))
        what = " ".join(reason.sentence for reason in row.reasons)
    style = STYLES[row.state]
    return Row(
        str(row.row),
        (
            text.styled(MARKS[row.state], f"bold {style}"),
            text.dim(str(row.row)),
            text.plain(about),
            text.styled(what, style) if row.state is State.REJECTED else text.plain(what),
        ),
    )


def whole(kind: str, row: Shown, answers: Sequence[Content] = ()) -> Iterable[Content]:
    """Everything about a row; with the keys that answer it, when it may be one that is there."""
    mark = text.styled(f"{MARKS[row.state]} {_(FILTERS[row.state])}", STYLES[row.state])
    about = row.line.label if row.line else ""
    place = _("row {n}").format(n=row.row)
    yield text.spaced((mark, text.dim(place), text.styled(about, text.STRONG)))
    if row.line:
        for change in row.line.changes:
            yield text.plain(change_text(kind, change, limit=2_000), limit=5_000)
    for reason in row.reasons:
        yield text.dim(f"{reason.place}  [{reason.rule}]")
        told = not reason.value or reason.value in reason.sentence
        value = "" if told else f"“{reason.value}”: "
        yield text.styled(value + reason.sentence, "bold $error", limit=1000)
        if answers:
            yield text.spaced(answers)
        elif reason.hint:
            yield text.plain(reason.hint)
