"""Lists as a spreadsheet writes them, and what the register holds."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from socius_tui.services.exchange.exporting import Wanted, export_parts
from socius_tui.services.importing.outcome import Preview, State
from socius_tui.services.importing.preparing import prepare
from socius_tui.services.importing.running import Imported, carry_out, look
from socius_tui.services.session import Session

#: The kinds that an export gives and an import takes.
EXPORTED = ("organisations", "visits", "measurements", "assignments", "contacts")


def written(path: Path, header: str, *rows: str) -> Path:
    """A list; the cells of each line are separated by a bar."""
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=";").writerows(line.split("|") for line in (header, *rows))
    return path


def looked(session: Session, kind: str, path: Path, **more: Any) -> Preview:
    """What a list would do."""
    return look(session, prepare(session, kind, path, **more))


def taken(session: Session, kind: str, path: Path, **more: Any) -> Imported:
    """What taking it in did."""
    return carry_out(session, prepare(session, kind, path, **more))


def lines(session: Session, kind: str, path: Path, **more: Any) -> list[str]:
    """The whole line of every refusal."""
    return [str(rejection) for rejection in looked(session, kind, path, **more).rejections]


def counts(preview: Preview | Imported) -> list[int]:
    """How many rows are new, changed, the same, refused."""
    return [preview.counts[state] for state in State]


def held(session: Session, kind: str) -> bytes:
    """All that the file holds of a kind, as its export."""
    return b"".join(export_parts(session, Wanted(kind, private=True)))


def everything(session: Session) -> Sequence[bytes]:
    """All that the file holds of the kinds."""
    return [held(session, kind) for kind in EXPORTED]
