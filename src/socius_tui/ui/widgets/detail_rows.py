"""What the detail of a goal or indicator says: pure functions from data to content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from textual.content import Content

from socius_tui.domain import codes
from socius_tui.domain.detail import GoalDetail, IndicatorDetail
from socius_tui.domain.model import Direction, EntryForm, Measure
from socius_tui.domain.money import format_euro
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.records import FollowUpLine, MeasurementLine, NarrativeLine, VisitLine
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Row

_LABEL_CELLS = 15
_SHARE_CELLS = 8
_VISIT_MARKS = {"done": "●", "planned": "○", "cancelled": "×"}


# The headline: what it is and how it goes, in a few lines


def headline(line: StatusLine, detail: IndicatorDetail | GoalDetail | None, width: int) -> Content:
    """Title, status, bar, and the numbers behind the bar with their names."""
    status = text.spaced((text.status_text(line.status), text.late_mark(len(line.late))), " ")
    share = text.styled(show.percent(line.progress, 1), text.STRONG)
    room = min(max(width - status.cell_length - share.cell_length - 4, 6), 30)
    title = text.spaced(
        (
            "" if line.level == "plan" else text.styled(line.code, text.KEY),
            text.styled(line.title, text.STRONG),
        ),
        " ",
    )
    if line.state and not line.of:  # an action that nothing measures
        return text.lines((title, text.action_state(line.state)))
    parts = [
        title,
        text.spaced((status, text.bar(line.progress, line.expected_progress, room), share)),
    ]
    if isinstance(detail, IndicatorDetail):
        parts.append(_numbers(line))
    else:
        parts.append(_children(line))
    parts.append(_pace(line))
    return text.lines(part for part in parts if part)


def _numbers(line: StatusLine) -> Content:
    shown = [(_("value"), text.styled(show.amount(line.value, line.unit), text.STRONG))]
    if line.target is not None:
        shown.append((_("target"), text.plain(show.amount(line.target))))
    if line.expected is not None:
        shown.append((_("expected"), text.plain(show.amount(two(line.expected)))))
    return text.spaced(text.join(text.dim(label), " ", number) for label, number in shown)


def _children(line: StatusLine) -> Content:
    return text.spaced(
        (
            text.counted(line.counts, words=False),
            text.dim(_("{n} of {of} with data").format(n=line.with_data, of=line.of)),
        )
    )


def _pace(line: StatusLine) -> Content:
    if line.days_behind is None:
        return text.NOTHING
    expected = _("expected {percent}").format(percent=show.percent(line.expected_progress))
    return text.spaced(
        (
            text.styled(show.pace_words(line.days_behind), text.STATUS_STYLE[line.status]),
            text.dim(expected) if line.expected_progress is not None else "",
        )
    )


def two(value: Fraction | None) -> Fraction | None:
    """Two decimals at most: an expected value is a fraction of days."""
    return None if value is None else Fraction(show.rounded(value * 100), 100)


# The sheet


def indicator_sheet(detail: IndicatorDetail, width: int) -> Content:
    """Everything that is agreed about an indicator."""
    record, measure = detail.record, detail.record.measure
    rule = _(" · ").join(
        text.word(code.value) for code in (measure.aggregation, measure.scope, measure.judging)
    )
    facts = [
        (_("goal"), text.plain(f"{detail.goal.code} {detail.goal.title}")),
        (_("origin"), text.spaced((text.origin_mark(record.origin), _source(record.source_line)))),
        (_("owner"), text.plain(record.owner)),
        (_("kind"), text.plain(text.word(measure.kind.value))),
        (_("unit"), text.plain(record.unit)),
        (_("direction"), text.plain(text.word(measure.direction.value))),
        (_("band"), _band(measure)),
        (_("baseline"), _baseline(detail)),
        (_("rule"), text.plain(rule)),
        (_("reported"), text.plain(text.word(measure.frequency.value))),
        (_("last entry"), _freshness(detail.line)),
        (_("completeness"), _reporting(detail)),
        (_("sphere"), text.plain(text.word(record.sphere))),
        (_("source"), text.plain(text.word(record.source_kind))),
        (_("collection"), text.plain(record.collection_method)),
    ]
    definition = text.prose(record.definition)
    reasons = [
        text.spaced((text.dim(_stretch(start, end)), text.plain(why)))
        for start, end, why in detail.reasons
        if why
    ]
    blocks = [_late(detail.line, width), definition, _facts(facts, width)]
    if reasons:
        blocks.append(_section(_("Why targets changed"), reasons))
    return _blocks(blocks)


def _late(line: StatusLine, width: int) -> Content:
    """What was changed after its period was closed: who, when and why."""
    if not line.late:
        return text.NOTHING
    mark = text.late_mark(len(line.late))
    told = [text.hanging(mark, text.late_change(change), 2, width) for change in line.late]
    return _section(_("Changed after the period was closed"), told)


def goal_sheet(detail: GoalDetail, width: int) -> Content:
    """What a goal is about, and how its children are."""
    record = detail.record
    children = [
        text.hanging(
            text.action_state(child.state, word=False)
            if child.state and not child.of
            else text.spaced((text.status_symbol(child.status), _share(child)), " "),
            text.spaced((text.plain(child.code), text.plain(child.title)), " "),
            _SHARE_CELLS,
            width,
        )
        for child in detail.children
    ]
    facts = [
        (_("kind"), text.plain(text.word(record.kind))),
        (_("year"), text.plain(str(record.year or ""))),
        *_action(detail),
        (_("source"), _source(record.source_line)),
    ]
    blocks = [_late(detail.line, width), text.prose(record.summary)]
    if record.challenge:
        blocks.append(_section(_("Policy challenge"), [text.prose(record.challenge)]))
    blocks.append(_facts(facts, width))
    if children:
        blocks.append(_section(_("Directly below"), children))
    return _blocks(blocks)


def _action(detail: GoalDetail) -> Iterable[tuple[str, Content]]:
    """What the year programme holds of an action."""
    action = detail.action
    if action is None:
        return
    yield _("owner"), text.plain(action.owner)
    yield _("due"), text.plain(show.day(action.due_on) if action.due_on else "")
    for label, amount in ((_("planned"), action.planned), (_("spent"), action.spent)):
        if amount is not None:
            yield label, text.plain(format_euro(amount, get_language()))


def _share(line: StatusLine) -> str:
    return show.percent(line.progress).rjust(5)


def plan_sheet(line: StatusLine, plan: PlanRecord | None, width: int) -> Content:
    """The plan itself."""
    if plan is None:
        return text.NOTHING
    rules = plan.rules
    facts = [
        (_("organisation"), text.plain(plan.organisation)),
        (_("period"), text.plain(show.years(rules.period.start, rules.period.end))),
        (_("on track"), _from_pace(rules.on_track_from)),
        (_("needs attention"), _from_pace(rules.attention_from)),
        (_("indicators"), text.counted(line.counts, words=True)),
        (
            _("pauses"),
            text.plain(", ".join(show.years(pause.start, pause.end) for pause in rules.pauses)),
        ),
    ]
    return _blocks((_late(line, width), _facts(facts, width)))


def _from_pace(ratio: Fraction) -> Content:
    return text.plain(_("from pace {ratio}").format(ratio=show.percent(ratio)))


def _band(measure: Measure) -> Content:
    if measure.direction is not Direction.MAINTAIN or measure.band is None:
        return text.NOTHING
    low, high = (show.amount(edge) for edge in measure.band)
    return text.plain(_("{low} to {high}").format(low=low, high=high))


def _stretch(start: str, end: str) -> str:
    return show.years(date.fromisoformat(start), date.fromisoformat(end))


def _baseline(detail: IndicatorDetail) -> Content:
    baseline = detail.record.measure.baseline
    if baseline is None:
        return text.NOTHING
    value = show.amount(baseline, detail.record.unit)
    on = detail.record.baseline_on
    return text.plain(_("{value} on {day}").format(value=value, day=show.day(on)) if on else value)


def _freshness(line: StatusLine) -> Content:
    stale = line.freshness in (codes.STALE, codes.NEVER)
    word = text.styled(text.word(line.freshness), "$status-attention" if stale else "")
    return text.spaced((show.day(line.last_measurement) if line.last_measurement else "", word))


def _reporting(detail: IndicatorDetail) -> Content:
    report = detail.reporting
    if not report.due:
        return text.NOTHING
    return text.plain(
        _("{reported} of {due} reported ({complete}), {on_time} on time ({timely})").format(
            reported=report.reported,
            due=report.due,
            complete=show.percent(report.completeness),
            on_time=report.on_time,
            timely=show.percent(report.timeliness),
        )
    )


def _source(lines: str) -> Content:
    return text.dim(_("plan text, lines {lines}").format(lines=lines)) if lines else text.NOTHING


def _facts(facts: Iterable[tuple[str, Content]], width: int) -> Content:
    """Labels with what they stand for; those that stand for nothing are left out."""
    return text.lines(
        text.hanging(text.dim(label), value, _LABEL_CELLS, width) for label, value in facts if value
    )


def _section(title: str, parts: Sequence[Content]) -> Content:
    return text.lines((text.styled(title, text.STRONG), *parts))


def _blocks(blocks: Iterable[Content]) -> Content:
    return Content("\n\n").join([block for block in blocks if block])


# The lists


def measurements(lines: Iterable[MeasurementLine]) -> list[Row]:
    """What was entered, as it was entered."""
    return [
        Row(
            line.id,
            (
                show.day(line.observed_on),
                text.styled(entered(line), text.STRONG),
                text.spaced((text.dim(_narrowed(line)), line.note)),
                text.dim(line.recorded_by),
            ),
        )
        for line in lines
    ]


def _narrowed(line: MeasurementLine) -> str:
    return " ".join(filter(None, (line.work_type, line.qualifier)))


def entered(line: MeasurementLine) -> str:
    """A measurement in the form in which it was entered."""
    if line.form == EntryForm.RATIO:
        return f"{show.exact(line.numerator)}/{show.exact(line.denominator)}"
    if line.form == EntryForm.NOT_APPLICABLE:
        return _("n.a.")
    if line.form == EntryForm.TEXT:
        return _("text")
    return show.exact(line.value)


def visits(lines: Iterable[VisitLine]) -> list[Row]:
    """Visits, with a mark for done, planned or cancelled."""
    return [
        Row(
            line.id,
            (
                show.day(line.visited_on),
                text.dim(_VISIT_MARKS.get(line.status, "?")),
                text.plain(line.organisation),
                text.dim(line.summary),
                text.dim(line.visitor),
            ),
        )
        for line in lines
    ]


# The story


def goal_story(detail: GoalDetail, as_of: date | None) -> Content:
    """Narratives, needs heard and follow-ups."""
    blocks = [_narrative(narrative) for narrative in detail.narratives]
    if detail.needs:
        needs = [text.spaced((text.dim(f"{n}×"), text.plain(tag))) for tag, n in detail.needs]
        blocks.append(_section(_("Needs heard"), needs))
    blocks.append(_follow_ups(detail.follow_ups, as_of))
    return _blocks(blocks) or text.dim(_("Nobody wrote the story of this goal yet."))


def indicator_story(detail: IndicatorDetail, as_of: date | None) -> Content:
    """Follow-ups, and the stories of its goal and of those above."""
    blocks = [_follow_ups(detail.follow_ups, as_of)]
    blocks += [_narrative(story, code) for code, story in detail.narratives]
    return _blocks(blocks) or text.dim(
        _("There are no follow-ups, and nobody wrote the story of its goal yet.")
    )


def _narrative(line: NarrativeLine, code: str = "") -> Content:
    told = [
        text.join(text.dim(label + " "), text.prose(words))
        for label, words in (
            (_("What happened:"), line.what_happened),
            (_("So what:"), line.so_what),
            (_("What next:"), line.what_next),
        )
        if words
    ]
    title = show.years(line.period_start, line.period_end)
    who = text.dim(line.written_by)
    of = text.styled(code, text.KEY) if code else ""
    return text.lines((text.spaced((of, text.styled(title, text.STRONG), who)), *told))


def _follow_ups(lines: Iterable[FollowUpLine], as_of: date | None) -> Content:
    told = [_follow_up(line, as_of) for line in lines]
    return _section(_("Follow-ups"), told) if told else text.NOTHING


def _follow_up(line: FollowUpLine, as_of: date | None) -> Content:
    late = line.done_on is None and line.due_on is not None and as_of and line.due_on < as_of
    if line.done_on is not None:
        when = text.dim(_("done {day}").format(day=show.day(line.done_on)))
    elif line.due_on is not None:
        style = "$status-off-track" if late else ""
        when = text.styled(_("due {day}").format(day=show.day(line.due_on)), style)
    else:
        when = text.NOTHING
    mark = "✓" if line.done_on else "!" if late else "○"
    return text.spaced((mark, text.plain(line.what), when, text.dim(line.owner)), " ")
