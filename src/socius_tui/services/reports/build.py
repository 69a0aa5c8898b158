"""Builds a report: which kind says what, in which order.

`build_report(session, Wanted(Kind.YEAR, year_of(2018)))` gives a `Report`, which
`services.exchange.reports.render(report, Form.HTML)` turns into the bytes of a file. Both are all
that an interface needs; `as_of_for` says beforehand on which day a report would look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from socius_tui import __version__
from socius_tui.domain.model import Period
from socius_tui.domain.report import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Figures,
    Kind,
    Paragraph,
    Report,
    Section,
    Table,
    Wanted,
)
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _, get_language
from socius_tui.services.figures import amount, share
from socius_tui.services.reports import attention, goals, programme, sections, visits, words
from socius_tui.services.reports.facts import Facts, read_facts
from socius_tui.services.session import Session

_BOARD_MONTHS: Final = 3  # it meets every quarter
_DEPARTMENT_MONTHS: Final = 12  # once a year


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def half_of(year: int, half: int) -> Period:
    """The first (1) or second (2) half of a calendar year."""
    if half == 1:
        return Period(date(year, 1, 1), date(year, 6, 30))
    return Period(date(year, 7, 1), date(year, 12, 31))


def period_for(session: Session, wanted: Wanted) -> Period:
    """What a report is about: the period asked for, else what its kind takes by itself.

    The year or half-year that ended last; for the board the last three months, for the
    department the last twelve; for visits the year so far.
    """
    if wanted.period is not None:
        return wanted.period
    day = wanted.as_of or session.as_of
    if wanted.kind is Kind.BOARD:
        return _months_until(day, _BOARD_MONTHS)
    if wanted.kind is Kind.DEPARTMENT:
        return _months_until(day, _DEPARTMENT_MONTHS)
    if wanted.kind is Kind.VISITS:
        return Period(date(day.year, 1, 1), day)
    if wanted.kind is Kind.YEAR:
        return year_of(day.year if (day.month, day.day) == (12, 31) else day.year - 1)
    if day.month > 6 and (day.month, day.day) != (12, 31):
        return half_of(day.year, 1)
    if (day.month, day.day) == (6, 30):
        return half_of(day.year, 1)
    return half_of(day.year if day.month > 6 else day.year - 1, 2)


def as_of_for(session: Session, wanted: Wanted) -> date:
    """The day on which a report looks: the one asked for, else the end of its period or today.

    What is not over yet is not judged as if it were: that would make all of it look behind.
    """
    if wanted.as_of is not None:
        return wanted.as_of
    return min(period_for(session, wanted).end, session.today)


def build_report(session: Session, wanted: Wanted) -> Report:
    """The report, in the interface language, from one state of the file.

    Raises RuleBroken for a period that has not begun or lies outside the plan.
    """
    plan_period = session.plan().rules.period
    period, as_of = period_for(session, wanted), as_of_for(session, wanted)
    if period.start > plan_period.end or period.end < plan_period.start:
        raise RuleBroken(
            _("{period} is outside the plan, which runs from {start} to {end}.").format(
                period=words.span(period),
                start=words.day(plan_period.start),
                end=words.day(plan_period.end),
            ),
            hint=_("Check the year."),
        )
    if as_of < period.start:
        raise RuleBroken(
            _("On {day} {period} had not begun yet.").format(
                day=words.day(as_of), period=words.span(period)
            ),
            hint=_("Choose an earlier period, or a later day with --as-of."),
        )
    facts = read_facts(session, wanted, period, as_of)
    title, made = _MADE[wanted.kind](facts)
    blocks = made.blocks
    if as_of < period.end:
        unfinished = Callout(
            _("Not over yet"),
            _("{period} is not over: this is how it stood on {day}.").format(
                period=words.span(period), day=words.long_day(as_of)
            ),
        )
        blocks = (unfinished, *blocks)
    return Report(
        kind=wanted.kind,
        language=get_language(),
        title=title,
        subtitle=words.safe(facts.plan.title),
        organisation=words.safe(facts.plan.organisation),
        as_of=as_of,
        blocks=blocks,
        sections=made.sections,
        facts=tuple(_origin(facts)),
        hash_label=_("Content"),
        contents=_("Contents") if wanted.kind not in _SHORT else "",
        one_page=wanted.kind is Kind.BOARD,
    )


_SHORT: Final = (Kind.BOARD, Kind.VISITS)


def _months_until(day: date, months: int) -> Period:
    """The months up to a day; up to the last day of a month they are whole ones."""
    number = day.year * 12 + day.month - 1 - months
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    if (day + timedelta(days=1)).day == 1:
        return Period(following, day)
    last = (following - timedelta(days=1)).day
    before = date(number // 12, number % 12 + 1, min(day.day, last))
    return Period(before + timedelta(days=1), day)


def _origin(facts: Facts) -> list[tuple[str, str]]:
    """What the report was made from, for its footer."""
    found = [
        (_("Plan"), words.safe(facts.plan.code)),
        (_("As of"), words.day(facts.as_of)),
    ]
    if facts.known_at is not None:
        found.append((_("As known on"), words.utc(facts.known_at)))
    found.append((_("Made with"), f"socius-tui {__version__}"))
    return found


# ---- the kinds -----------------------------------------------------------------------------


def _figures(facts: Facts) -> Figures:
    """The plan in a few numbers."""
    plan, total = facts.status.plan, facts.coverage[-1]
    done = facts.done
    promised = sections.Promises(facts)
    leaves = [line for line in facts.status.lines if line.level == "indicator" and line.of]
    covered = share(None)
    if total.recognised:
        from fractions import Fraction

        covered = share(Fraction(total.visited, total.recognised))
    return Figures(
        (
            Figure(
                share(plan.progress),
                _("progress"),
                _("{share} expected").format(share=share(plan.expected_progress)),
            ),
            Figure(
                covered,
                _("organisations visited"),
                words.n_of_m(total.visited, total.recognised),
            ),
            Figure(words.whole(len(done)), _("visits"), words.span(facts.period)),
            Figure(
                words.whole(len(promised.overdue)),
                _("promises overdue"),
                _("{n} kept").format(n=words.whole(len(promised.kept))),
            ),
            Figure(
                words.whole(sum(line.with_data for line in leaves)),
                _("indicators with data"),
                _("of {m}").format(m=words.whole(len(leaves))),
            ),
        )
    )


def _progress_report(facts: Facts, title: str) -> tuple[str, Section]:
    """The year and the half-year: everything, goal by goal."""
    plan = facts.status.plan
    blocks: list[Block] = [
        _figures(facts),
        goals.gauge(facts, plan),
        goals.goals_table(facts, goals.top_lines(facts), _("The goals in short")),
        attention.statuses(plan),
    ]
    if (weak := attention.weak(facts, 8)) is not None:
        blocks.append(weak)
    last = (
        programme.section(facts, facts.period),
        sections.coverage(facts),
        _visits_in_short(facts),
        sections.promises(facts),
        sections.forecast(facts),
        sections.data(facts),
        sections.late(facts),
        visits.private(facts),
    )
    parts = (
        Section(_("In short"), tuple(blocks)),
        *goals.goal_sections(facts),
        *(part for part in last if part is not None),
    )
    return title, Section(title, (), parts)


def _year(facts: Facts) -> tuple[str, Section]:
    return _progress_report(
        facts, _("Progress report {period}").format(period=words.span(facts.period))
    )


def _half_year(facts: Facts) -> tuple[str, Section]:
    start = facts.period.start
    text = _("Progress report, first half of {year}")
    if start.month > 6:
        text = _("Progress report, second half of {year}")
    return _progress_report(facts, text.format(year=start.year))


def _visits_in_short(facts: Facts) -> Section:
    done = facts.done
    blocks: list[Block] = []
    if done:
        blocks.append(visits.by_group(done, _("Work type"), lambda line: line.work_type))
    else:
        blocks.append(Paragraph(_("No visit was logged in this period.")))
    blocks += visits.needs(done, _("Needs heard at visits"))
    return Section(_("Visits and needs"), tuple(blocks))


def _board(facts: Facts) -> tuple[str, Section]:
    """One page: where it stands, what asks for a decision, what is not known."""
    missing, stale = sections.data_lines(facts)
    blocks: list[Block] = [
        _figures(facts),
        goals.goals_table(facts, goals.top_lines(facts), _("The goals in short")),
    ]
    if (weak := attention.weak(facts, 6)) is not None:
        blocks.append(weak)
    blocks.append(sections.coverage_table(facts))
    promised = sections.Promises(facts)
    known = [
        _("Promises: {kept} kept, {overdue} overdue, {open} open.").format(
            kept=words.whole(len(promised.kept)),
            overdue=words.whole(len(promised.overdue)),
            open=words.whole(len(promised.open)),
        ),
        _("Data: {missing} without data, {stale} stale.").format(
            missing=words.indicators(len(missing)), stale=words.indicators(len(stale))
        ),
    ]
    late = len(facts.status.plan.late)
    if late:
        known.append(_("Changed after a period was closed: {n}.").format(n=words.whole(late)))
    blocks.append(Bullets(tuple(known)))
    title = _("To the board: how the plan stood on {day}").format(day=words.long_day(facts.as_of))
    return title, Section(title, tuple(blocks))


def _department(facts: Facts) -> tuple[str, Section]:
    """The yearly consultation: execution, plans, points from partners (plan, BO2)."""
    execution: list[Block] = [
        _figures(facts),
        goals.goals_table(facts, goals.top_lines(facts), _("The goals in short")),
    ]
    told = tuple(
        Section(words.safe(f"{goal.code} {goal.title}"), tuple(goals.story(facts, goal.id)))
        for goal in facts.evidence.goals
        if goal.id in facts.narratives
    )
    points: list[Block] = []
    if (weak := attention.weak(facts, 10)) is not None:
        points.append(weak)
    done = facts.done
    partners = visits.needs(done, _("Needs heard at visits"))
    missing = sections.data(facts)
    parts = [
        Section(_("Execution"), tuple(execution), (*told, sections.coverage(facts))),
        _plans(facts),
        Section(
            _("Open points"),
            tuple(points),
            (sections.promises(facts, most=15), missing),
        ),
        Section(
            _("Points from partners"),
            (
                *(partners or [Paragraph(_("No needs were heard at visits in this period."))]),
                Paragraph(_("Points that the department and the cabinet bring in:")),
                Bullets(("…", "…", "…")),
            ),
        ),
    ]
    if (late := sections.late(facts)) is not None:
        parts.append(late)
    if (private := visits.private(facts)) is not None:
        parts.append(private)
    title = _("Consultation with the department and the cabinet, {year}").format(
        year=facts.as_of.year
    )
    return title, Section(title, (), tuple(parts))


def _plans(facts: Facts) -> Section:
    """What comes next: the targets that fall due, the visits that are planned, the story."""
    until = date(min(facts.as_of.year + 1, 9998), facts.as_of.month, 1)
    rows = []
    for record in facts.evidence.indicators:
        for target in record.measure.targets:
            if facts.as_of < target.period.end < until:
                what = f"{record.code} {record.title}"
                qualifier = f" ({target.qualifier})" if target.qualifier else ""
                rows.append(
                    (
                        Cell(words.safe(what + qualifier), note=words.unit(record)),
                        Cell(amount(target.value, "")),
                        Cell(words.day(target.period.end)),
                    )
                )
    blocks: list[Block] = []
    if rows:
        columns = (
            Column(_("Indicator"), width=10),
            Column(_("Target"), numeric=True, width=3),
            Column(_("Due"), width=3),
        )
        blocks.append(Table(_("Targets of the coming year"), columns, tuple(rows)))
    blocks.append(Paragraph(_("Visits planned: {n}.").format(n=words.whole(len(facts.planned)))))
    ahead = programme.section(facts, Period(facts.as_of, until), open_only=True)
    return Section(_("Plans"), tuple(blocks), (ahead,) if ahead is not None else ())


def _visits(facts: Facts) -> tuple[str, Section]:
    """The visits of a period, of one work type or all."""
    done = facts.done
    about = facts.work_type or _("All work types")
    title = _("Visits: {work_type}, {period}").format(
        work_type=words.safe(about), period=words.span(facts.period)
    )
    places = len({line.organisation_id for line in done})
    cancelled = len(facts.visits) - len(done)
    figures = Figures(
        (
            Figure(words.whole(len(done)), _("visits"), words.span(facts.period)),
            Figure(words.whole(places), _("organisations visited")),
            Figure(words.whole(len(facts.planned)), _("visits planned")),
            Figure(words.whole(cancelled), _("visits cancelled")),
        )
    )
    blocks: list[Block] = [figures]
    parts: list[Section] = []
    if done:
        if not facts.work_type:
            blocks.append(sections.coverage_table(facts))
        blocks.append(visits.by_group(done, _("Visitor"), lambda line: line.visitor))
        blocks += visits.needs(done, _("Needs heard at visits"))
        parts.append(Section(_("The visits"), (_visit_table(facts),)))
    else:
        blocks.append(Paragraph(_("No visit was logged in this period.")))
    if (private := visits.private(facts)) is not None:
        parts.append(private)
    return title, Section(title, tuple(blocks), tuple(parts))


def _visit_table(facts: Facts) -> Table:
    rows = tuple(
        (
            Cell(words.day(line.visited_on)),
            Cell(words.safe(line.organisation), note=words.safe(line.visitor)),
            Cell(words.safe(", ".join(line.goals)), note=words.safe(", ".join(line.needs))),
            Cell(words.safe(line.summary)),
        )
        for line in facts.done
    )
    columns = (
        Column(_("Date"), width=3),
        Column(_("Organisation"), width=6),
        Column(_("Goals and needs"), width=5),
        Column(_("Summary"), width=9),
    )
    return Table(_("Visits done"), columns, rows)


_MADE: Final[Mapping[Kind, Callable[[Facts], tuple[str, Section]]]] = {
    Kind.YEAR: _year,
    Kind.HALF_YEAR: _half_year,
    Kind.BOARD: _board,
    Kind.DEPARTMENT: _department,
    Kind.VISITS: _visits,
}
