"""The tables of the plan of visits, of days off, of rhythms, and of who is losing touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from socius_tui.i18n import N_, _
from socius_tui.services.days_off import DayOff
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.handles import handle
from socius_tui.services.rhythm import RhythmLine, TouchLine
from socius_tui.services.visit_planner import VisitPlan
from socius_tui.services.wording import word


class _Line(NamedTuple):
    week: date
    day: date
    organisation: str
    municipality: str
    reasons: tuple[str, ...]


def proposals_table(plan: VisitPlan) -> Table:
    """The visits that are proposed, a row each, by day."""
    return Table(
        (
            Column("week", N_("Week of"), "date", lambda x: x.week),
            Column("date", N_("Date"), "date", lambda x: x.day),
            Column("organisation", N_("Organisation"), "text", lambda x: x.organisation),
            Column("municipality", N_("Municipality"), "text", lambda x: x.municipality),
            Column("reasons", N_("Because"), "names", lambda x: x.reasons, _reasons, flow="wrap"),
        ),
        [
            _Line(
                week.week.monday,
                each.day,
                each.candidate.name,
                each.candidate.municipality,
                each.reasons,
            )
            for week in plan.weeks
            for each in week.proposals
        ],
    )


def _reasons(line: _Line) -> str:
    return ", ".join(word(reason) for reason in line.reasons)


def days_off_table(lines: Iterable[DayOff]) -> Table:
    """Days off, with the short code by which one is taken out."""
    return Table(
        (
            Column("id", N_("Code"), "text", lambda x: handle(x.id)),
            Column("person", N_("For whom"), "text", lambda x: x.person, _whose),
            Column("start", N_("From"), "date", lambda x: x.starts_on),
            Column("end", N_("Until"), "date", lambda x: x.ends_on),
            Column("label", N_("Note"), "text", lambda x: x.label, flow="wrap"),
        ),
        lines,
    )


def _whose(line: DayOff) -> str:
    return line.person or _("everybody")


def rhythms_table(lines: Sequence[RhythmLine]) -> Table:
    """Rhythms that were chosen; an empty size is every size without one of its own."""
    return Table(
        (
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type),
            Column("size", N_("Size"), "code", lambda x: x.size),
            Column("ideal_days", N_("Ideally"), "number", lambda x: x.rhythm.ideal_days),
            Column("maximum_days", N_("At most"), "number", lambda x: x.rhythm.maximum_days),
        ),
        lines,
    )


def touch_table(lines: Sequence[TouchLine]) -> Table:
    """Organisations by how long they were not visited."""
    return Table(
        (
            Column("state", N_("Touch"), "code", lambda x: x.state),
            Column("organisation", N_("Organisation"), "text", lambda x: x.organisation),
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type),
            Column("contact_person", N_("Contact person"), "text", lambda x: x.contact_person),
            Column("last_visit", N_("Last visit"), "date", lambda x: x.last_visit),
            Column("days", N_("Days"), "number", lambda x: x.days),
            Column("ideal_days", N_("Ideally"), "number", lambda x: x.rhythm.ideal_days),
            Column("maximum_days", N_("At most"), "number", lambda x: x.rhythm.maximum_days),
            Column("next_visit", N_("Planned"), "date", lambda x: x.next_visit),
        ),
        lines,
    )
