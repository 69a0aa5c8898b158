"""Personal data: everything that is held on somebody, and its erasure for good (GDPR 15, 17)."""

from __future__ import annotations

import json
from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

from socius_tui.domain.redaction import LEAST, Redactor
from socius_tui.domain.text import clean
from socius_tui.domain.titles import said, title_from
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import _, ngettext
from socius_tui.services.session import Session
from socius_tui.store import erasure
from socius_tui.store.backup_files import Backup, backups_of, remove
from socius_tui.store.driver import Connection
from socius_tui.store.erasure import Bearer, Mention
from socius_tui.store.follow_ups import follow_up_lines
from socius_tui.store.people import assignments
from socius_tui.store.search import forget_words
from socius_tui.store.unit_of_work import Transaction


class Holding(NamedTuple):
    """What the file holds on somebody.

    `rows` are about the person, `words` identify them in texts, `mentions` are those texts;
    `within` limits it to what belongs to one organisation. In `backups`, and in damaged files
    that were `put_aside`, all of it still stands after an erasure.
    """

    name: str
    rows: tuple[Bearer, ...]
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    within: frozenset[str] | None
    backups: tuple[Backup, ...]
    put_aside: tuple[Path, ...]

    @property
    def copies(self) -> list[Path]:
        """The files of both."""
        return [*(backup.path for backup in self.backups), *self.put_aside]


def holding(session: Session, name: str, organisation_id: str | None = None) -> Holding:
    """What the file holds on who is called `name`: staff, contacts, people met, texts.

    With an organisation only contacts and visits of that one. Raises NotFound when nobody is
    called so and no text names them.
    """
    return session.read(
        lambda connection: _holding(connection, session.path, name, organisation_id)
    )


def _holding(connection: Connection, path: Path, name: str, organisation_id: str | None) -> Holding:
    within = frozenset(erasure.part_of(connection, organisation_id)) if organisation_id else None
    rows = tuple(
        row
        for row in erasure.bearers(connection, name)
        if organisation_id is None or row.organisation_id == organisation_id
    )
    words = {*erasure.identifying(connection, rows), " ".join(name.split())}
    redactor = Redactor(words)
    found = tuple(erasure.mentions(connection, redactor, None if within is None else set(within)))
    if not rows and not found:
        raise NotFound(
            _("Nobody in this file is called “{name}”, and no text names them.").format(
                name=clean(name, limit=80)
            ),
            field="name",
            hint=_("Write the whole name, as it stands in a visit or in the list of staff."),
        )
    return Holding(
        name, rows, redactor.words, found, within, tuple(backups_of(path)), tuple(_put_aside(path))
    )


def _put_aside(path: Path) -> list[Path]:
    """Files that were too damaged to be packed, kept beside this one."""
    return sorted(path.parent.glob(f"{escape(path.name)}.damaged-*"))


class ErasePerson:
    """Erase what identifies somebody: rows, texts, journal, drafts, search index."""

    def __init__(self, found: Holding, reason: str = "") -> None:
        self._found, self._reason = found, reason

    def apply(self, transaction: Transaction) -> str:
        """Take it all out, and write down that it was done without saying to whom."""
        found, connection = self._found, transaction.connection
        if len(found.name.strip()) < LEAST:
            raise RuleBroken(
                _("“{name}” is too short to be looked for in texts.").format(
                    name=clean(found.name)
                ),
                field="name",
            )
        staff = [row.id for row in found.rows if row.kind == "person"]
        for person_id in staff:
            _refuse_if_needed(connection, transaction, person_id)
        for row in found.rows:
            if row.kind != "visit_met":
                transaction.retire(row.kind, row.id)
        within = None if found.within is None else set(found.within)
        erased = erasure.erase(connection, found.rows, Redactor(found.words), within)
        forget_words(connection)
        kinds = {row.kind for row in found.rows}
        transaction.insert(
            "erasure",
            {
                "subject": "person"
                if staff
                else "organisation_contact"
                if "organisation_contact" in kinds
                else "name",
                "erased_at": transaction.stamp,
                "erased_by": None if transaction.actor in staff else transaction.actor,
                "reason": self._reason,
                "rows": erased.rows,
                "changes": erased.changes,
            },
        )
        return said("Personal data erased")


def _refuse_if_needed(connection: Connection, transaction: Transaction, person_id: str) -> None:
    """Somebody who still has work here hands it over first."""
    today = transaction.today
    current = [
        a.work_type
        for a in assignments(connection)
        if a.person_id == person_id and (a.ends_on is None or a.ends_on >= today)
    ]
    if current:
        raise RuleBroken(
            _("This person is still contact person for {work_types}.").format(
                work_types=", ".join(current)
            ),
            hint=_("Hand over first: `socius assign`."),
        )
    waiting = len(follow_up_lines(connection, owner_id=person_id))
    if waiting:
        raise RuleBroken(
            ngettext(
                "This person still has {n} open follow-up.",
                "This person still has {n} open follow-ups.",
                waiting,
            ).format(n=waiting),
            hint=_("Close them, or give them to somebody else first."),
        )


def extract(session: Session, found: Holding) -> dict[str, Any]:
    """Everything that is held on somebody, to be given to them: JSON-ready."""
    redactor = Redactor(found.words)

    def read(connection: Connection) -> dict[str, Any]:
        staff = [row.id for row in found.rows if row.kind == "person"]
        return {
            "name": found.name,
            "words": list(found.words),
            "rows": [
                {"table": table, "id": row_id, **cells}
                for table, row_id, cells in erasure.rows_of(connection, found.rows)
            ],
            "mentions": [mention._asdict() for mention in found.mentions],
            "wrote": [
                {"moment": moment, "what": str(title_from(title))}
                for moment, title in erasure.sets_of(connection, staff)
            ],
            "drafts": [
                {"form": form, "fields": _parsed(fields)}
                for form, fields in erasure.drafts_of(connection, staff, redactor)
            ],
        }

    return session.read(read)


def _parsed(fields: str) -> Any:
    try:
        return json.loads(fields)
    except ValueError:
        return fields


def remove_copies(found: Holding) -> int:
    """Delete the files in which what was erased still stands; gives how many. Raises OSError."""
    for backup in found.backups:
        remove(backup)
    for copy in found.put_aside:
        copy.unlink(missing_ok=True)
    return len(found.copies)
