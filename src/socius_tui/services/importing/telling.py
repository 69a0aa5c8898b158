"""A preview in words: for the command line, and what the screens show of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.importing.outcome import FieldChange, Line, Preview, State
from socius_tui.services.importing.preparing import KINDS
from socius_tui.services.wording import known_word, word

_DELIMITERS: Final = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs")}
MARKS: Final = {State.NEW: "+", State.CHANGED: "~", State.SAME: "=", State.REJECTED: "!"}


class PreviewRow(NamedTuple):
    """A field that would change, a row without one, or why a row cannot be taken."""

    row: int
    state: str
    label: str
    field: str = ""
    before: str = ""
    after: str = ""
    rule: str = ""
    reason: str = ""


def preview_rows(preview: Preview) -> Iterator[PreviewRow]:
    """A preview as rows, in the order of the list."""
    found = []
    for line in preview.lines:
        if not line.changes:
            found.append(PreviewRow(line.row, line.state, line.label))
        found += [
            PreviewRow(line.row, line.state, line.label, c.field, c.before, c.after)
            for c in line.changes
        ]
    found += [
        PreviewRow(r.row, State.REJECTED, r.value, r.header, rule=r.rule,
                   reason=f"{r.sentence} {r.hint}".strip())
        for r in preview.rejections
    ]  # fmt: skip
    yield from sorted(found, key=lambda row: row.row)


def counts_text(preview: Preview) -> str:
    """How many rows of each state: "12 new, 3 changed, 120 the same, 1 refused"."""
    n = preview.counts
    return ", ".join(
        (
            ngettext("{n} new", "{n} new", n[State.NEW]).format(n=n[State.NEW]),
            ngettext("{n} changed", "{n} changed", n[State.CHANGED]).format(n=n[State.CHANGED]),
            ngettext("{n} the same", "{n} the same", n[State.SAME]).format(n=n[State.SAME]),
            ngettext("{n} refused", "{n} refused", n[State.REJECTED]).format(n=n[State.REJECTED]),
        )
    )


def found_text(preview: Preview) -> str:
    """How the file is written."""
    found = preview.found
    parts = [preview.form.upper()]
    if preview.sheet:
        parts.append(_("sheet {name}").format(name=clean(preview.sheet, limit=60)))
    if found.encoding:
        parts.append(found.encoding)
    if found.delimiter:
        parts.append(
            _(_DELIMITERS[found.delimiter]) if found.delimiter in _DELIMITERS else (found.delimiter)
        )
    if found.decimals:
        parts.append(word(found.decimals))
    if found.days:
        parts.append(word(found.days))
    return ", ".join(parts)


def columns_text(preview: Preview) -> str:
    """Which column is read as what."""
    headings = {field.name: field.heading for field in KINDS[preview.kind].FIELDS if field.told}
    pairs = zip(preview.columns.header, preview.columns.fields, strict=True)
    return "; ".join(
        f"{clean(header, limit=40)} → {_(headings[field])}"
        for header, field in pairs
        if field in headings
    )


def change_text(kind: str, change: FieldChange, *, limit: int = 60) -> str:
    """A field that changes: "Grootte: klein → middel", at most so many characters of each."""
    before, after = (
        clean(word(text) if known_word(text) else text, limit=limit) or "–"
        for text in (change.before, change.after)
    )
    return f"{heading(kind, change.field)}: {before} → {after}"


def heading(kind: str, field: str) -> str:
    """What a field of a kind of list is called."""
    return next((_(f.heading) for f in KINDS[kind].FIELDS if f.name == field and f.heading), field)


def line_text(kind: str, line: Line) -> str:
    """A row: what becomes of it, and what changes."""
    changes = "; ".join(change_text(kind, change) for change in line.changes)
    return f"{MARKS[line.state]} {line.row}  {clean(line.label, limit=120)}" + (
        f"  {changes}" if changes else ""
    )


def preview_lines(preview: Preview, most: int) -> Iterator[str]:
    """The preview to read, at most so many rows of each sort."""
    yield f"{preview.file}: {found_text(preview)}"
    if preview.form != "toml":
        yield _("Read as: {columns}").format(columns=columns_text(preview))
    if left_out := preview.columns.left_out:
        names = ", ".join(clean(name, limit=40) or "–" for name in left_out)
        yield _("Left out: {columns}").format(columns=names)
    yield from preview.remarks
    yield ""
    yield counts_text(preview)
    for state in (State.NEW, State.CHANGED):
        some = [line for line in preview.lines if line.state is state]
        yield from (line_text(preview.kind, line) for line in some[:most])
        if (more := preview.counts[state] - len(some[:most])) > 0:
            yield _("{mark} … {n} more").format(mark=MARKS[state], n=more)
    for rejection in preview.rejections[:most]:
        yield f"! {rejection}"
    if (more := preview.counts[State.REJECTED] - min(len(preview.rejections), most)) > 0:
        yield _("{mark} … {n} more").format(mark=MARKS[State.REJECTED], n=more)
    if preview.late:
        yield preview.late
