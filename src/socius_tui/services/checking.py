"""Checks the file: is it whole, do rows and journal agree, and does what they say agree.

Everything is looked at in a copy in memory; the file itself is only read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from socius_tui.domain.findings import CheckReport, Finding
from socius_tui.i18n import _, ngettext
from socius_tui.services.check_words import WORDS, finding
from socius_tui.services.clock import Clock, SystemClock
from socius_tui.services.register import gaps
from socius_tui.services.rules import shown_date
from socius_tui.services.session import Session
from socius_tui.store.checks import journalling, planning, structure
from socius_tui.store.checks.copying import copied, copy_of
from socius_tui.store.checks.facts import Fact
from socius_tui.store.driver import SCHEMA_VERSION, Connection, Error
from socius_tui.store.people import assignments, work_types
from socius_tui.store.plans import load_plans, setting

#: Told at each step of a check, in the interface language.
Progress = Callable[[str], object]
Question = Callable[[Connection], Iterable[Fact]]

MOST: Final = 50  # findings of one kind that are told one by one

# A table that holds other types than its columns have is damaged too.
_UNREADABLE: Final = (Error, TypeError, ValueError, KeyError, IndexError, OverflowError)


def check_file(
    path: Path, *, clock: Clock | None = None, progress: Progress | None = None
) -> CheckReport:
    """Check a file that is not open. Raises FileProblem when nothing of it can be read."""
    with copy_of(path) as copy:
        return _report(copy, (clock or SystemClock()).today(), progress or _silent)


def check(session: Session) -> CheckReport:
    """Check the file of a session, up to its as-of date."""
    with copied(session.database.connection, session.path) as copy:
        return _report(copy, session.as_of, _silent)


def _silent(_step: str) -> None:
    """Nobody wants to know how far it is."""


def _report(copy: Connection, today: date, progress: Progress) -> CheckReport:
    facts = list(_facts(copy, today, progress))
    rows, changes = journalling.counted(copy)
    return CheckReport(tuple(_told(facts)), rows, changes, _version(copy) >= SCHEMA_VERSION)


def _version(copy: Connection) -> int:
    return int(copy.execute("PRAGMA user_version").fetchone()[0])


def _told(facts: list[Fact]) -> Iterator[Finding]:
    """The findings, of each kind no more than can be read."""
    seen: Counter[str] = Counter()
    for fact in dict.fromkeys((f.code, f.kind, f.row_id, tuple(f.values.items())) for f in facts):
        code, kind, row_id, values = fact
        seen[code] += 1
        if seen[code] <= MOST:
            yield finding(Fact(code, kind, row_id, dict(values)))
    for code, count in seen.items():
        if count > MOST:
            more = finding(Fact("more", values={"count": count - MOST}))
            yield more._replace(code=code, severity=WORDS[code].severity)


def _facts(copy: Connection, today: date, progress: Progress) -> Iterator[Fact]:
    progress(_("SQLite checks tables and indexes …"))
    yield from _asked(structure.integrity, copy)
    yield from _asked(structure.references, copy, "file.references")
    if _version(copy) < SCHEMA_VERSION:  # it is upgraded when it is opened, and has no journal yet
        return
    progress(_("The schema is compared …"))
    schema = list(_asked(structure.schema, copy))
    yield from schema
    yield from structure.readable(copy)
    progress(_("Rows are compared with the journal …"))
    for question in (journalling.rows, journalling.change_sets, journalling.entries):
        yield from _asked(question, copy, "file.journal")
    yield from _asked(lambda c: journalling.state(c, sound=not schema), copy)
    progress(_("What the rows say is compared …"))
    for question in (planning.consistency, lambda c: _gaps(c, today), structure.drafts):
        yield from _asked(question, copy, "file.plan")
    progress(_("The search index is compared …"))
    yield from _asked(structure.search, copy, "search.index")
    progress(_("Summaries are worked out anew and compared …"))
    yield from _asked(structure.summaries, copy)


def _asked(
    question: Question, copy: Connection, otherwise: str = "file.unreadable"
) -> Iterator[Fact]:
    """What a question finds; that it cannot be asked of this file is a finding as well."""
    try:
        yield from question(copy)
    except _UNREADABLE:
        yield Fact(otherwise)


def _gaps(copy: Connection, today: date) -> Iterator[Fact]:
    """Stretches without contact person; not in a file where nobody was assigned yet."""
    everyone = assignments(copy)
    if not everyone:
        return
    pinned = setting(copy, "today")
    until = date.fromisoformat(pinned) if pinned else today
    for plan in load_plans(copy):
        for name, start, end in gaps(plan.rules.period, until, work_types(copy, until), everyone):
            period = f"{shown_date(start)} – {shown_date(end)}"
            yield Fact("assignment.gap", "assignment", "", {"name": name, "other": period})


def summary(report: CheckReport) -> str:
    """A report in one or two sentences."""
    looked = _("{rows} rows and {changes} changes in the journal were looked at.").format(
        rows=report.rows, changes=report.changes
    )
    if not report.in_full:
        looked = _(
            "The file is of an earlier version: it is checked in full once it was opened, which "
            "upgrades it."
        )
    if not report.findings:
        return _("Nothing is wrong.") + " " + looked
    count = len(report.findings)
    return ngettext("{n} finding.", "{n} findings.", count).format(n=count) + " " + looked
