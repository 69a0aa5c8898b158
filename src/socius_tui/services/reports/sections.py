"""What a report says beside the goals: coverage, promises, data, late changes, forecasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.overview import CoverageLine, StatusLine
from socius_tui.domain.records import FollowUpLine
from socius_tui.domain.report import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Figures,
    Paragraph,
    Section,
    Table,
)
from socius_tui.domain.reporting import Reporting, reporting
from socius_tui.i18n import _, ngettext
from socius_tui.services.figures import amount, share
from socius_tui.services.late_marks import period_text
from socius_tui.services.reports import words
from socius_tui.services.reports.facts import Facts
from socius_tui.services.rule_words import forecast_word, refusal_word
from socius_tui.services.wording import LATE, word

# ---- coverage ------------------------------------------------------------------------------


def coverage(facts: Facts) -> Section:
    """Organisations visited in the period, by work type, with who is contact person."""
    blocks: list[Block] = [coverage_table(facts)]
    if facts.plan.coverage_fixed is not None:
        blocks.append(
            Paragraph(
                _("The total is held against a fixed number of organisations: {n}.").format(
                    n=words.whole(facts.plan.coverage_fixed)
                )
            )
        )
    return Section(_("Coverage by work type"), tuple(blocks))


def coverage_table(facts: Facts) -> Table:
    """The same as a table alone."""
    return Table(
        _("Organisations visited in {period}").format(period=words.span(facts.period)),
        (
            Column(_("Work type"), width=6),
            Column(_("Contact person"), width=5),
            Column(_("Visited"), numeric=True, width=3),
            Column(_("Share"), numeric=True, width=5),
        ),
        tuple(_coverage_row(line) for line in facts.coverage),
        total=True,
    )


def _coverage_row(line: CoverageLine) -> tuple[Cell, ...]:
    part = Fraction(line.visited, line.recognised) if line.recognised else None
    nobody = "" if not line.work_type else _("nobody")
    return (
        Cell(words.safe(line.work_type) or _("All together")),
        Cell(words.safe(line.contact_person) or nobody),
        Cell(words.n_of_m(line.visited, line.recognised)),
        Cell(share(part), share=None if part is None else min(part, Fraction(1))),
    )


# ---- promises ------------------------------------------------------------------------------


class Promises:
    """What was promised: kept in the period, overdue on the as-of date, still open."""

    def __init__(self, facts: Facts) -> None:
        self.kept: list[FollowUpLine] = []
        self.overdue: list[FollowUpLine] = []
        self.open: list[FollowUpLine] = []
        for line in facts.promises:
            if line.done_on is not None and line.done_on <= facts.as_of:
                if line.done_on in facts.period:
                    self.kept.append(line)
            elif line.due_on is not None and line.due_on < facts.as_of:
                self.overdue.append(line)
            else:
                self.open.append(line)

    @property
    def in_time(self) -> int:
        """How many of those kept were kept on their day or before."""
        return sum(
            line.due_on is None or (line.done_on or date.max) <= line.due_on for line in self.kept
        )


def promises(facts: Facts, *, most: int = 40) -> Section:
    """What was promised and what became of it; at most so many of each by name."""
    found = Promises(facts)
    blocks: list[Block] = [
        Figures(
            (
                Figure(
                    words.whole(len(found.kept)),
                    _("kept"),
                    _("{n} in time").format(n=words.whole(found.in_time)),
                ),
                Figure(words.whole(len(found.overdue)), _("overdue")),
                Figure(words.whole(len(found.open)), _("open")),
            )
        )
    ]
    if found.overdue:
        blocks += _listed(_("Overdue"), found.overdue, most)
    if found.open:
        blocks += _listed(_("Still open"), found.open, most)
    return Section(_("Promises"), tuple(blocks))


def _listed(caption: str, lines: Sequence[FollowUpLine], most: int) -> list[Block]:
    rows = tuple(
        (
            Cell(words.safe(line.what)),
            Cell(words.safe(line.owner) or _("nobody")),
            Cell(words.safe(line.source)),
            Cell(words.day(line.due_on)),
        )
        for line in lines[:most]
    )
    columns = (
        Column(_("What"), width=9),
        Column(_("Owner"), width=4),
        Column(_("Comes from"), width=5),
        Column(_("Due"), width=3),
    )
    table = Table(f"{caption} ({words.whole(len(lines))})", columns, rows)
    return [table, *_rest(len(lines) - most)]


def _rest(number: int) -> list[Block]:
    if number <= 0:
        return []
    text = ngettext("and {n} more", "and {n} more", number).format(n=words.whole(number))
    return [Paragraph(text)]


# ---- data ----------------------------------------------------------------------------------


def data_lines(facts: Facts) -> tuple[list[StatusLine], list[StatusLine]]:
    """The indicators that nobody measured, and those whose last measurement is stale."""
    lines = [line for line in facts.status.lines if line.level == "indicator" and line.of]
    missing = [line for line in lines if not line.with_data and line.status != "not_started"]
    stale = [line for line in lines if line.with_data and line.freshness == codes.STALE]
    return missing, stale


def untold(facts: Facts) -> list[str]:
    """The codes of the goals with indicators of which no story was told in the period."""
    judged = {record.goal_id for record in facts.evidence.indicators}
    return [
        goal.code
        for goal in facts.evidence.goals
        if goal.id in judged and goal.id not in facts.narratives
    ]


def data(facts: Facts) -> Section:
    """What is missing or stale, by name and with its count."""
    missing, stale = data_lines(facts)
    due = _reported(facts)
    told = [
        ngettext("{n} indicator has no data.", "{n} indicators have no data.", len(missing)).format(
            n=words.whole(len(missing))
        ),
        ngettext(
            "{n} indicator is stale: last measured more than one and a half times its interval "
            "ago.",
            "{n} indicators are stale: last measured more than one and a half times their "
            "interval ago.",
            len(stale),
        ).format(n=words.whole(len(stale))),
    ]
    if due.due:
        told.append(
            _("Reported: {reported} of {due} periods ({complete}), on time {timely}.").format(
                reported=words.whole(due.reported),
                due=words.whole(due.due),
                complete=share(due.completeness),
                timely=share(due.timeliness),
            )
        )
    if silent := untold(facts):
        told.append(
            ngettext(
                "{n} goal has no story in this period: {codes}.",
                "{n} goals have no story in this period: {codes}.",
                len(silent),
            ).format(n=words.whole(len(silent)), codes=words.safe(", ".join(silent)))
        )
    told += [
        _("{work_type} had no contact person from {start} to {end}.").format(
            work_type=words.safe(name), start=words.day(start), end=words.day(end)
        )
        for name, start, end in facts.gaps
    ]
    blocks: list[Block] = [Bullets(tuple(told))]
    if missing or stale:
        rows = tuple(_data_row(line) for line in (*missing, *stale))
        columns = (
            Column(_("Indicator"), width=10),
            Column(_("Data"), width=4),
            Column(_("Last measured"), width=4),
            Column(_("Owner"), width=4),
        )
        table = Table(_("Missing and stale"), columns, rows)
        blocks.append(words.without_empty(table, len(columns) - 1))
    return Section(_("What we do not know"), tuple(blocks))


def _data_row(line: StatusLine) -> tuple[Cell, ...]:
    kind = word(codes.STALE) if line.with_data else word("no_data")
    return (
        Cell(words.safe(f"{line.code} {line.title}")),
        Cell(words.sentence(kind)),
        Cell(words.day(line.last_measurement)),
        Cell(words.safe(line.contact_person) or words.NOTHING),
    )


def _reported(facts: Facts) -> Reporting:
    """How many periods were due and reported, of everything that somebody has to enter."""
    found = [
        reporting(
            record.measure.frequency,
            facts.evidence.entries_for(record, facts.as_of),
            facts.judged[record.id].period_start or facts.plan.rules.period.start,
            facts.as_of,
        )
        for record in facts.evidence.indicators
        if record.measure.computed is None
    ]
    return Reporting(
        sum(r.due for r in found), sum(r.reported for r in found), sum(r.on_time for r in found)
    )


# ---- late changes --------------------------------------------------------------------------


def late(facts: Facts) -> Section | None:
    """What was changed after its period was closed, and targets that were moved; with reasons."""
    code_of: dict[str, str] = {}
    for line in sorted(facts.status.lines, key=lambda line: line.depth):
        for change in line.late:
            code_of[change.id] = line.code
    changes = [
        change
        for change in facts.status.plan.late
        if change.period.start <= facts.period.end and change.period.end >= facts.period.start
    ]
    blocks: list[Block] = []
    if changes:
        rows = tuple(
            (
                Cell(period_text(change.period)),
                Cell(words.safe(f"{word(change.kind)}, {code_of[change.id]}")),
                Cell(
                    words.day(date.fromisoformat(change.changed_at[:10])),
                    note=words.safe(change.changed_by),
                ),
                Cell(words.safe(change.reason)),
            )
            for change in changes
        )
        columns = (
            Column(_("Closed period"), width=3),
            Column(_("What"), width=4),
            Column(_("Changed on"), width=3),
            Column(_("Reason"), width=9),
        )
        blocks.append(Table(f"{LATE} " + _("Changed after closing"), columns, rows))
    moved = [
        (Cell(words.safe(code)), Cell(_stretch(start, end)), Cell(words.safe(reason)))
        for code, start, end, reason in facts.target_reasons
    ]
    if moved:
        headings = (
            Column(_("Indicator"), width=3),
            Column(_("Period"), width=4),
            Column(_("Reason"), width=12),
        )
        blocks.append(Table(_("Targets that were changed"), headings, tuple(moved)))
    return Section(_("Changed afterwards"), tuple(blocks)) if blocks else None


def _stretch(start: str, end: str) -> str:
    from socius_tui.domain.model import Period

    return period_text(Period(date.fromisoformat(start), date.fromisoformat(end)))


# ---- forecasts -----------------------------------------------------------------------------


def forecast(facts: Facts) -> Section | None:
    """Where counts end if they go on as they go, with the method named; None without any."""
    rows: list[tuple[Cell, ...]] = []
    refused: Counter[str] = Counter()
    for record in facts.evidence.indicators:
        judgement = facts.judged[record.id]
        if any(f.refused for f in judgement.forecasts):
            refused[judgement.forecasts[0].refused] += 1
            continue
        rows += [
            (
                Cell(words.safe(f"{record.code} {record.title}"), note=words.unit(record)),
                Cell(forecast_word(f.method)),
                Cell(amount(f.value, "")),
                Cell(amount(judgement.target, "")),
                Cell(share(f.share)),
                Cell(words.day(f.reached_on)),
            )
            for f in judgement.forecasts
        ]
    if not rows and not refused:
        return None
    blocks: list[Block] = []
    if rows:
        columns = (
            Column(_("Indicator"), width=8),
            Column(_("Method"), width=6),
            Column(_("At the end"), numeric=True, width=3),
            Column(_("Target"), numeric=True, width=3),
            Column(_("Share"), numeric=True, width=3),
            Column(_("Reached on"), width=4),
        )
        blocks.append(Table(_("If it goes on as it goes"), columns, tuple(rows)))
    if refused:
        blocks.append(
            Bullets(
                tuple(f"{words.indicators(n)}: {refusal_word(code)}" for code, n in refused.items())
            )
        )
    return Section(_("Forecast"), tuple(blocks))
