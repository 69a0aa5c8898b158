"""Key figures through the years beside our own values, and work types beside each other."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.overview import StatusLine


class KeyFigure(NamedTuple):
    """A figure that the plan prints: of a work type or a budget line, of a year or of none."""

    line: str
    name: str
    year: int | None
    value: Fraction
    unit: str
    source_line: str


class Ours(NamedTuple):
    """An indicator of ours in the unit of a figure; `share` is its value as a part of that."""

    id: str
    code: str
    title: str
    value: Fraction | None
    share: Fraction | None


class FigureLine(NamedTuple):
    """A key figure through the years, oldest first; a figure without a year stands alone."""

    line: str
    name: str
    unit: str
    years: tuple[tuple[int | None, Fraction], ...]
    source_line: str
    ours: tuple[Ours, ...]

    @property
    def first(self) -> tuple[int | None, Fraction]:
        """The oldest."""
        return self.years[0]

    @property
    def last(self) -> tuple[int | None, Fraction]:
        """The newest."""
        return self.years[-1]

    @property
    def change(self) -> Fraction | None:
        """From the first year to the last; None with one year."""
        return self.last[1] - self.first[1] if len(self.years) > 1 else None

    @property
    def relative(self) -> Fraction | None:
        """That change as a share of the first year; None with one year, or from zero."""
        change = self.change
        return None if change is None or not self.first[1] else change / self.first[1]


def figure_lines(
    figures: Iterable[KeyFigure], indicators: Sequence[StatusLine]
) -> tuple[FigureLine, ...]:
    """The figures by line, name and unit, in their own order, with ours in the same unit.

    Units are compared as they are written, but for case. A percentage, or a figure without a
    unit, is of something else each time: nothing of ours is put beside it.
    """
    series: dict[tuple[str, str, str], list[KeyFigure]] = {}
    for figure in figures:
        series.setdefault((figure.line, figure.name, figure.unit), []).append(figure)
    lines = []
    for (line, name, unit), there in series.items():
        there.sort(key=lambda figure: figure.year or 0)
        last = there[-1].value
        lines.append(
            FigureLine(
                line,
                name,
                unit,
                tuple((figure.year, figure.value) for figure in there),
                there[-1].source_line,
                tuple(_ours(indicator, last) for indicator in indicators if _same(indicator, unit)),
            )
        )
    return tuple(lines)


def _same(indicator: StatusLine, unit: str) -> bool:
    return unit not in ("", "%") and indicator.unit.strip().casefold() == unit.strip().casefold()


def _ours(indicator: StatusLine, figure: Fraction) -> Ours:
    value = indicator.value if indicator.with_data else None
    share = value / figure if value is not None and figure else None
    return Ours(indicator.id, indicator.code, indicator.title, value, share)


def figure_changes(lines: Iterable[FigureLine]) -> tuple[FigureLine, ...]:
    """Figures that are another in their last year than in their first, the largest shift first."""
    changed = [line for line in lines if line.change]
    return tuple(sorted(changed, key=lambda line: -abs(line.relative or Fraction(0))))


COVERAGE: Final = "coverage"  # the share is visited out of recognised
PROGRESS: Final = "progress"  # the share is how much of the way: a level can be compared as it is
PART: Final = "part"  # the share is the part of the whole: numbers that add up


class Part(NamedTuple):
    """What a work type has of something; None is that nothing was measured for it."""

    value: Fraction | None
    share: Fraction | None


class WorkTypesLine(NamedTuple):
    """An indicator, or a coverage, in each work type; `parts` in the order of the work types.

    `measure` says what the shares are shares of. `rest` is what no work type has of the whole,
    where numbers add up.
    """

    id: str
    code: str
    title: str
    unit: str
    measure: str
    whole: Part
    parts: tuple[Part, ...]
    rest: Fraction | None = None

    @property
    def spread(self) -> Fraction | None:
        """Between the largest share and the smallest; None when fewer than two are known."""
        known = [part.share for part in self.parts if part.share is not None]
        return max(known) - min(known) if len(known) > 1 else None


class WorkTypesTable(NamedTuple):
    """Work types by name, and the lines."""

    work_types: tuple[tuple[str, str], ...]
    lines: tuple[WorkTypesLine, ...]


def added_up(
    line: StatusLine, whole: Fraction | None, values: Sequence[Fraction | None]
) -> WorkTypesLine:
    """An indicator whose numbers add up: each part beside its share of the whole."""
    rest = None
    if whole is not None:
        known = sum((value for value in values if value is not None), Fraction(0))
        rest = max(whole - known, Fraction(0))
    return WorkTypesLine(
        line.id,
        line.code,
        line.title,
        line.unit,
        PART,
        Part(whole, Fraction(1) if whole else None),
        tuple(Part(v, v / whole if v is not None and whole else None) for v in values),
        rest,
    )


def side_by_side(line: StatusLine, others: Sequence[StatusLine | None]) -> WorkTypesLine:
    """An indicator that is a level: the value and the progress of each."""
    return WorkTypesLine(
        line.id,
        line.code,
        line.title,
        line.unit,
        PROGRESS,
        _level(line),
        tuple(map(_level, others)),
    )


def _level(line: StatusLine | None) -> Part:
    if line is None or not line.with_data:
        return Part(None, None)
    return Part(line.value, line.progress)


def widest(lines: Iterable[WorkTypesLine]) -> tuple[WorkTypesLine, ...]:
    """What differs between work types, the widest spread first; parts of a whole come last.

    A work type with more organisations has a larger part of a whole as a matter of course.
    """
    there = [line for line in lines if line.spread]
    return tuple(
        sorted(there, key=lambda line: (line.measure == PART, -(line.spread or Fraction(0))))
    )
