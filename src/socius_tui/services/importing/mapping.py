"""Which column of a list is which field: proposed from its header, changed by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from socius_tui.domain.text import clean, fold
from socius_tui.errors import BadFile, InvalidInput
from socius_tui.i18n import _
from socius_tui.services.importing.fields import Field

_LIKE: Final = 88  # of 100: how much a header must look like a name to be taken for it

#: Columns that a quarantined list has in front; they are of no field.
QUARANTINE: Final = ("socius_row", "socius_rule", "socius_reason")


class Columns(NamedTuple):
    """The field of each column of the header, in its order; "" is left out."""

    header: tuple[str, ...]
    fields: tuple[str, ...]

    def place(self, field: str) -> int:
        """The column that holds a field, from 0; -1 when none does."""
        return self.fields.index(field) if field and field in self.fields else -1

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headers of columns that are not read."""
        pairs = zip(self.header, self.fields, strict=True)
        return tuple(h for h, field in pairs if h and not field and key_of(h) not in QUARANTINE)


def key_of(header: str) -> str:
    """A header as it is compared: no case, no accents, words joined by one underscore."""
    return re.sub(r"[^0-9a-z]+", "_", fold(header)).strip("_")


def propose(
    header: Sequence[str], fields: Sequence[Field], given: Mapping[str, str] | None = None
) -> Columns:
    """The field of each column: what was said of it, else what its header says or looks like.

    `given` maps headers to names of fields, "" leaving a column out. Raises InvalidInput for a
    header or field that is not there, or a field that is given to two columns.
    """
    found: dict[int, str] = {}
    names = {field.name for field in fields}
    for said, field in (given or {}).items():
        place = next((p for p, h in enumerate(header) if key_of(h) == key_of(said)), None)
        if place is None:
            raise InvalidInput(
                _("There is no column “{header}” in this list.").format(
                    header=clean(said, limit=60)
                ),
                hint=_("Its columns are: {columns}.").format(columns=_listed(header)),
            )
        if field and field not in names:
            raise InvalidInput(
                _("There is no field “{field}” here.").format(field=clean(field, limit=60)),
                hint=_("The fields are: {fields}.").format(fields=", ".join(sorted(names))),
            )
        if field and field in found.values():
            raise InvalidInput(
                _("Two columns were said to be “{field}”.").format(field=field),
                hint=_("Leave one of them out."),
            )
        found[place] = field
    for exact in (True, False):
        for place, text in enumerate(header):
            if place not in found and (field := _field_of(text, fields, exact, found.values())):
                found[place] = field
    return Columns(tuple(header), tuple(found.get(place, "") for place in range(len(header))))


def _field_of(header: str, fields: Sequence[Field], exact: bool, taken: object) -> str:
    key = key_of(header)
    if not key or key in QUARANTINE:
        return ""
    free = {
        key_of(name): field.name
        for field in fields
        if field.name not in taken  # type: ignore[operator]
        for name in (field.name, *field.also)
    }
    if exact:
        return free.get(key, "")
    from rapidfuzz import fuzz, process

    near = process.extractOne(key, list(free), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return free[near[0]] if near and len(key) > 3 else ""


def missing_fields(columns: Columns, fields: Sequence[Field]) -> list[Field]:
    """The fields that are needed and have no column."""
    return [field for field in fields if field.required and field.name not in columns.fields]


def check_columns(columns: Columns, fields: Sequence[Field], file: str) -> None:
    """Raises BadFile when a field that is needed has no column."""
    if missing := missing_fields(columns, fields):
        problems = [
            _("The column “{column}” is missing.").format(column=field.name) for field in missing
        ]
        raise BadFile(
            f"{file}: {' '.join(problems)} [csv.header.missing]",
            hint=_("Its columns are: {columns}. Say which one it is with --map.").format(
                columns=_listed(columns.header)
            ),
        )


def _listed(header: Sequence[str]) -> str:
    return ", ".join(clean(text, limit=40) or "–" for text in header[:30])
