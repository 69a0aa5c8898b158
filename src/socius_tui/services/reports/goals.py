"""The goals in a report: where each stands, its numbers, its story, its charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import IndicatorKind, Judging, Period
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.plan import GoalRecord, IndicatorRecord
from socius_tui.domain.report import (
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Gauge,
    Mark,
    Section,
    Table,
)
from socius_tui.i18n import _
from socius_tui.services.detail import chart_points
from socius_tui.services.figures import amount, share
from socius_tui.services.reports import words
from socius_tui.services.reports.facts import Facts
from socius_tui.services.rule_words import verdict_word
from socius_tui.services.wording import symbol, word

_CHART_POINTS: Final = 20  # of a curve some five centimetres wide
_UNCHARTED: Final = (IndicatorKind.MILESTONE, IndicatorKind.NARRATIVE)


def goal_sections(facts: Facts) -> tuple[Section, ...]:
    """A section a goal, goals below it inside, in the plan's order."""
    return tuple(_section(facts, goal) for goal in _below(facts, None))


def _below(facts: Facts, goal_id: str | None) -> list[GoalRecord]:
    """The goals below a goal; an action that nothing measures is in the year programme instead."""
    return [
        goal
        for goal in facts.evidence.goals
        if goal.parent_id == goal_id
        and (not goal.state or facts.line(goal.id).of or goal.id in facts.narratives)
    ]


def _section(facts: Facts, goal: GoalRecord) -> Section:
    own = [record for record in facts.evidence.indicators if record.goal_id == goal.id]
    blocks: list[Block] = [gauge(facts, facts.line(goal.id)), *story(facts, goal.id)]
    if own:
        blocks.append(_indicators(facts, goal, own))
    charts = tuple(_charts(facts, own))
    if charts:
        blocks.append(Charts(charts))
    return Section(
        words.safe(f"{goal.code} {goal.title}"),
        tuple(blocks),
        tuple(_section(facts, child) for child in _below(facts, goal.id)),
    )


def gauge(facts: Facts, line: StatusLine) -> Gauge:
    """Where a goal, or the plan, stands."""
    moved = words.moved(line, facts.before.find(line.id) if facts.before else None)
    texts = [
        (_("Progress"), share(line.progress)),
        (_("Expected by now"), share(line.expected_progress)),
        (_("Pace"), words.pace(line.days_behind)),
        (_("With data"), words.n_of_m(line.with_data, line.of)),
    ]
    if moved != words.NOTHING:
        since = _("Since {day}").format(day=words.day(facts.day_before))
        texts.append((since, _("{points} points").format(points=moved)))
    return Gauge(
        line.status.value,
        symbol(line.status),
        words.sentence(words.status_cell(line).text),
        line.progress,
        line.expected_progress,
        tuple(texts),
    )


def story(facts: Facts, goal_id: str) -> list[Block]:
    """What happened, so what and what next, of each period that the report touches."""
    told: list[Block] = []
    for line in facts.narratives.get(goal_id, ()):
        period = Period(line.period_start, line.period_end)
        what = _("What happened")
        if period != facts.period:
            what = f"{what} ({words.span(period)})"
        told += words.paragraphs(line.what_happened, what)
        told += words.paragraphs(line.so_what, _("So what"))
        told += words.paragraphs(line.what_next, _("What next"))
    return told


def _indicators(facts: Facts, goal: GoalRecord, own: Sequence[IndicatorRecord]) -> Table:
    inside = _("In {period}").format(period=words.span(facts.period))
    rows = []
    for record in own:
        line, judgement = facts.line(record.id), facts.judged[record.id]
        cells = (
            Cell(words.safe(f"{record.code} {record.title}"), note=words.unit(record)),
            Cell(amount(judgement.baseline, "")),
            Cell(_target(record, judgement)),
            Cell(amount(judgement.value, "")),
            Cell(_inside(facts, record) or words.NOTHING),
            words.progress_cell(line),
            words.status_cell(line),
        )
        rows.append(cells)
    columns = (
        Column(_("Indicator"), width=10),
        Column(_("Baseline"), numeric=True, width=3),
        Column(_("Target"), numeric=True, width=3),
        Column(_("Value"), numeric=True, width=3),
        Column(inside, numeric=True, width=4),
        Column(_("Progress"), numeric=True, width=5),
        Column(_("Status"), width=5),
    )
    caption = _("Indicators of {goal}").format(goal=words.safe(goal.code))
    return words.without_empty(Table(caption, columns, tuple(rows)), _INSIDE)


_INSIDE: Final = 4  # the place of the column about the period of the report


def _target(record: IndicatorRecord, judgement: Judgement) -> str:
    if record.measure.band is None:
        return amount(judgement.target, "")
    low, high = record.measure.band
    return f"{amount(low, '')} – {amount(high, '')}"


def _inside(facts: Facts, record: IndicatorRecord) -> str:
    """What became of the targets that lie inside the period of the report."""
    promise = record.measure.judging is Judging.BY_PERIOD
    told = []
    for result in facts.judged[record.id].periods:
        if result.period.start in facts.period and result.period.end in facts.period:
            text = f"{amount(result.value, '')} / {amount(result.target, '')}"
            told.append(f"{text} {verdict_word(result.verdict)}" if promise else text)
    return ", ".join(told)


def _charts(facts: Facts, own: Iterable[IndicatorRecord]) -> Iterable[Chart]:
    """A burn-up chart of each indicator that has numbers and a line to hold them against."""
    for record in own:
        judgement = facts.judged[record.id]
        if record.measure.kind in _UNCHARTED or judgement.value is None:
            continue
        points = chart_points(facts.evidence, record, _CHART_POINTS)
        values = tuple(Mark(p.day, p.value) for p in points if p.value is not None)
        path = judgement.path
        if path is None or not values:
            continue
        ends = sorted({target.period.end for target in record.measure.targets})
        start, end = points[0].day, points[-1].day
        yield Chart(
            title=words.safe(f"{record.code} {record.title}"),
            text=_chart_text(facts, record, judgement),
            unit=words.unit(record),
            start=start,
            end=end,
            values=values,
            expected=tuple(Mark(p.day, p.expected) for p in points if p.expected is not None),
            targets=tuple(Mark(day, path.on(day)) for day in ends if start <= day <= end),
            words=(_("value"), _("expected"), _("target")),
        )


def _chart_text(facts: Facts, record: IndicatorRecord, judgement: Judgement) -> str:
    """The chart in words."""
    what = words.unit(record)
    text = _("{value} on {day}; {expected} was expected by then.").format(
        value=amount(judgement.value, what),
        day=words.day(facts.as_of),
        expected=amount(judgement.expected, what),
    )
    if judgement.target is not None and judgement.period_end is not None:
        text += " " + _("The target is {target} on {day}.").format(
            target=amount(judgement.target, what), day=words.day(judgement.period_end)
        )
    return f"{text} {symbol(judgement.status)} {words.sentence(word(judgement.status))}."


def goals_table(facts: Facts, lines: Sequence[StatusLine], caption: str) -> Table:
    """Goals in short, a row each."""
    since = _("Since {day}").format(day=words.day(facts.day_before))
    rows = []
    for line in lines:
        before = facts.before.find(line.id) if facts.before else None
        rows.append(
            (
                Cell(words.safe(f"{line.code} {line.title}")),
                words.status_cell(line),
                words.progress_cell(line),
                Cell(share(line.expected_progress)),
                Cell(words.moved(line, before)),
                Cell(words.pace(line.days_behind)),
                Cell(words.counts(line)),
            )
        )
    columns = (
        Column(_("Goal"), width=12),
        Column(_("Status"), width=6),
        Column(_("Progress"), numeric=True, width=6),
        Column(_("Expected"), numeric=True, width=3),
        Column(since, numeric=True, width=3),
        Column(_("Pace"), numeric=True, width=3),
        Column(_("Indicators"), width=5),
    )
    return words.without_empty(Table(caption, columns, tuple(rows)), _SINCE)


_SINCE: Final = 4  # the place of the column that compares with the day before the period


def top_lines(facts: Facts) -> list[StatusLine]:
    """The goals right under the plan."""
    return [line for line in facts.status.lines if line.depth == 1]
