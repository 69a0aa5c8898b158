"""Draws bars and burn-up charts as SVG, for the page on the screen and the one on paper.

They read in black and white too: the value is a solid line with a dot at its end, the expected
line is dashed, targets are hollow diamonds. Text has the colour of the text around it. What has a
class can get another colour from the page; the attributes are those of paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from html import escape
from typing import Final

from socius_tui.domain.numbers import format_number
from socius_tui.domain.report import Chart, Mark

WIDTH, HEIGHT = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 20
_BLUE: Final = "#1F6396"
_GREY: Final = "#B9B4A6"
_INK: Final = "#11171C"
_FONT: Final = 'font-family="Libertinus Serif, system-ui, sans-serif" font-size="10"'


def bar(share: Fraction, expected: Fraction | None) -> str:
    """A bar of a share (0 to 1) with a mark where it should be; the text beside it says both."""
    mark = ""
    if expected is not None:
        x = _short(min(max(expected, Fraction(0)), Fraction(1)) * 98 + 1)
        mark = f'<path class="mark" d="M{x} 0V12" stroke="{_INK}" stroke-width="1.6"/>'
    filled = _short(share * 98)
    return (
        '<svg class="bar" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true">'
        f'<rect class="rest" x="1" y="2.5" width="98" height="7" rx="1.5" fill="none"'
        f' stroke="{_GREY}"/>'
        f'<rect class="fill" x="1" y="2.5" width="{filled}" height="7" rx="1.5" fill="{_BLUE}"/>'
        f"{mark}</svg>"
    )


def sample(which: int) -> str:
    """What stands in a legend before value (0), expected (1) and target (2)."""
    drawn = (
        _line("M1 6H25", "value") + _dot(25, Fraction(6)),
        _line("M1 6H29", "expected"),
        _diamond(15, Fraction(6)),
    )[which]
    return (
        '<svg class="sample" viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">'
        f"{drawn}</svg>"
    )


def burn_up(chart: Chart, language: str, name: str) -> str:
    """A chart; `name` is unique in the page, for the text that stands in for the picture."""
    marks = (*chart.values, *chart.expected, *chart.targets)
    ticks = _ticks([mark.value for mark in marks])
    low, high = ticks[0], ticks[-1]
    days = max((chart.end - chart.start).days, 1)

    def x(day: date) -> Fraction:
        return _LEFT + Fraction((day - chart.start).days, days) * (WIDTH - _LEFT - _RIGHT)

    def y(value: Fraction) -> Fraction:
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)

    def along(points: Sequence[Mark]) -> str:
        pairs = (f"{_short(x(mark.day))} {_short(y(mark.value))}" for mark in points)
        return "M" + "L".join(pairs)

    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(chart.title)}</title>'
        f'<desc id="{name}-d">{escape(chart.text)}</desc>'
        f'<g {_FONT} fill="currentColor">'
    ]
    right = WIDTH - _RIGHT
    for tick in ticks:
        at = _short(y(tick))
        parts.append(
            f'<path class="grid" d="M{_LEFT} {at}H{right}" stroke="{_GREY}" stroke-width="0.6"/>'
            f'<text x="{_LEFT - 5}" y="{_short(y(tick) + 3)}" text-anchor="end">'
            f"{escape(_number(tick, language))}</text>"
        )
    parts += _years(chart, x)
    if chart.expected:
        parts.append(_line(along(chart.expected), "expected"))
    parts += [_diamond(x(mark.day), y(mark.value)) for mark in chart.targets]
    last = chart.values[-1]
    parts.append(_line(along(chart.values), "value"))
    parts.append(_dot(x(last.day), y(last.value)))
    parts.append(_label(x(last.day), y(last.value), _number(last.value, language)))
    return "".join((*parts, "</g></svg>"))


def _line(path: str, kind: str) -> str:
    if kind == "value":
        look = f'stroke="{_BLUE}" stroke-width="2.4" stroke-linejoin="round"'
    else:
        look = f'stroke="{_INK}" stroke-width="1.2" stroke-dasharray="4 3"'
    return f'<path class="{kind}" d="{path}" fill="none" {look}/>'


def _dot(x: Fraction | int, y: Fraction) -> str:
    return f'<circle class="dot" cx="{_short(x)}" cy="{_short(y)}" r="3.4" fill="{_BLUE}"/>'


def _diamond(x: Fraction | int, y: Fraction) -> str:
    return (
        f'<path class="target" d="M{_short(x)} {_short(y - 4)}l4 4l-4 4l-4 -4z" fill="#FFFFFF"'
        f' stroke="{_INK}" stroke-width="1.2"/>'
    )


def _label(x: Fraction, y: Fraction, text: str) -> str:
    """The last value beside its dot: at the left, and above the line that comes from there."""
    near = x < _LEFT + 40
    anchor = "start" if near else "end"
    at_x, at_y = (x + 6, y + 12) if near else (x - 2, y - 7)
    at_y = max(at_y, Fraction(9))
    return (
        f'<text class="last" x="{_short(at_x)}" y="{_short(at_y)}" text-anchor="{anchor}"'
        f' font-weight="bold">{escape(text)}</text>'
    )


def _years(chart: Chart, x: Callable[[date], Fraction]) -> Iterable[str]:
    """A tick where each year begins, with the year where there is room for it."""
    base = HEIGHT - _BOTTOM
    firsts = [date(year, 1, 1) for year in range(chart.start.year, chart.end.year + 1)]
    inside = [day for day in firsts if chart.start <= day <= chart.end] or [chart.start]
    every = max(1, -(-len(inside) // 8))
    for number, day in enumerate(inside):
        at = _short(x(day))
        yield f'<path class="tick" d="M{at} {base}v4" stroke="{_GREY}"/>'
        if number % every == 0 and x(day) < WIDTH - _RIGHT - 8:
            yield (f'<text x="{_short(x(day) + 2)}" y="{HEIGHT - 5}">{day.year}</text>')


def _ticks(values: Sequence[Fraction]) -> list[Fraction]:
    """Three to six round numbers that hold all values, zero among them."""
    low, high = min(Fraction(0), *values), max(Fraction(0), *values)
    span = high - low or Fraction(1)
    step = _round_step(span / 4)
    first, last = low // step, -(-high // step)
    if first == last:
        last += 1
    return [step * n for n in range(first, last + 1)]


def _round_step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is no less."""
    power = Fraction(1)
    while power * 10 <= least:
        power *= 10
    while power > least:
        power /= 10
    steps = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
    return next(power * step for step in steps if power * step >= least)


def _number(value: Fraction, language: str) -> str:
    """A number as short as an axis needs it."""
    size = abs(value)
    for power, letter in ((10**9, "G"), (10**6, "M"), (10**5, "k")):
        if size >= power:
            unit = 1000 if letter == "k" else power
            return (
                format_number(value / unit, language, places=0 if size >= 10 * power else 1)
                + letter
            )
    if value.denominator == 1:
        return format_number(value, language)
    return format_number(value, language, places=0 if size >= 100 else 1 if size >= 1 else 2)


def _short(value: Fraction | int) -> str:
    """A coordinate with at most two decimals."""
    hundredths = round(value * 100)
    return f"{hundredths / 100:g}"
