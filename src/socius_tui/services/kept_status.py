"""The lines of a status as text, exact, so that they need not be judged again.

They are kept with what is published (`services.publishing`), and are only taken for the same plan,
day and version of the program, as long as the journal did not grow.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from socius_tui import __version__
from socius_tui.domain.model import Status
from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.published import Kept, journal_length, kept_lines

_FIELDS: Final = tuple(name for name in StatusLine._fields if name != "late")
#: Of the program and of what a line holds: lines of another version are not taken.
_VERSION: Final = f"{__version__} {zlib.crc32(' '.join(_FIELDS).encode()):08x}"
_NUMBERS: Final = frozenset(
    (
        *("progress", "expected_progress", "pace_ratio", "days_behind"),
        *("value", "target", "baseline", "expected"),
    )
)
_DAYS: Final = frozenset(("period_start", "period_end", "last_measurement"))


def to_keep(plan_id: str, as_of: date, sequence: int, lines: Sequence[StatusLine]) -> Kept | None:
    """The lines as they are kept; None where one has late changes, which are always read anew."""
    import json

    if any(line.late for line in lines):
        return None
    rows = [[_packed(getattr(line, name)) for name in _FIELDS] for line in lines]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return Kept(plan_id, as_of, _VERSION, sequence, text)


def recalled(session: Session, plan_id: str, as_of: date) -> PlanStatus | None:
    """The status of a plan on a day as it was kept; None where it must be judged."""
    if session.known_at is not None:
        return None

    def ask(connection: Connection) -> str | None:
        sequence = journal_length(connection)
        return kept_lines(connection, plan_id, as_of, _VERSION, sequence)

    text = session.read(ask)
    return None if text is None else PlanStatus(as_of, unpacked(text))


def unpacked(text: str) -> tuple[StatusLine, ...]:
    """Kept lines as they were."""
    import json

    return tuple(
        StatusLine(**{name: _value(name, cell) for name, cell in zip(_FIELDS, row, strict=True)})
        for row in json.loads(text)
    )


def _packed(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [[status.value, count] for status, count in value]
    return value


def _value(name: str, found: Any) -> Any:
    if found is None:
        return None
    if name in _NUMBERS:
        return Fraction(int(found)) if found.isdigit() else Fraction(found)
    if name in _DAYS:
        return date.fromisoformat(found)
    if name == "status":
        return Status(found)
    if name == "counts":
        return tuple((Status(status), count) for status, count in found)
    return found
