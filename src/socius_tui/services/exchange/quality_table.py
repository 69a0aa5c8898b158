"""How good the numbers of a plan are: what is old, missing or late, an indicator a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.model import Status
from socius_tui.domain.reporting import Reporting, reporting
from socius_tui.i18n import N_, _
from socius_tui.services.evidence import PlanEvidence
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.overview import last_entry
from socius_tui.services.wording import known_word


class QualityRow(NamedTuple):
    """An indicator with what is known of its data; `wanting` says what is not in order."""

    code: str
    title: str
    owner: str
    status: Status
    last: date | None
    freshness: str
    wanting: tuple[str, ...]
    reporting: Reporting


def quality_rows(evidence: PlanEvidence) -> Iterator[QualityRow]:
    """Every indicator of the plan, in its order."""
    for record in evidence.indicators:
        judgement = evidence.judge(record, looking_ahead=False)
        measure = record.measure
        start = judgement.period_start or evidence.plan.rules.period.start
        wanting = [
            sentence
            for sentence, is_so in (
                (_("no data"), judgement.status is Status.NO_DATA),
                (_("out of date"), judgement.freshness == "stale"),
                (_("ageing"), judgement.freshness == "ageing"),
                (_("no baseline"), measure.baseline is None and measure.band is None),
                (_("no target"), not measure.targets and measure.band is None),
                (_("nobody looks after it"), not record.owner),
            )
            if is_so
        ]
        yield QualityRow(
            record.code,
            record.title,
            record.owner,
            judgement.status,
            last_entry(record, judgement),
            judgement.freshness,
            tuple(wanting),
            reporting(
                measure.frequency,
                evidence.entries_for(record, evidence.as_of),
                start,
                evidence.as_of,
            ),
        )


def quality_table(evidence: PlanEvidence) -> Table:
    """The same as a table, for the workbook."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.code),
            Column("title", N_("Title"), "text", lambda x: x.title),
            Column("contact_person", N_("Contact person"), "text", lambda x: x.owner),
            Column("status", N_("Status"), "code", lambda x: x.status.value),
            Column("last_measurement", N_("Last"), "date", lambda x: x.last),
            Column("freshness", N_("Freshness"), "text", lambda x: known_word(x.freshness)),
            Column("wanting", N_("To look at"), "names", lambda x: x.wanting),
            Column("due", N_("Reports due"), "number", lambda x: x.reporting.due),
            Column("reported", N_("Reported"), "number", lambda x: x.reporting.reported),
            Column("on_time", N_("In time"), "number", lambda x: x.reporting.on_time),
            Column("completeness", N_("Completeness"), "share", _completeness),
            Column("timeliness", N_("Timeliness"), "share", _timeliness),
        ),
        quality_rows(evidence),
    )


def _completeness(row: QualityRow) -> Fraction | None:
    return row.reporting.completeness


def _timeliness(row: QualityRow) -> Fraction | None:
    return row.reporting.timeliness
