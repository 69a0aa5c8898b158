"""What draws data: bars, small charts, sentences that fit, numbers in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui import i18n
from socius_tui.domain.chart import BLANK, Chart, Dated
from socius_tui.domain.model import Status
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.burn_up import draw
from tests.hostile import HOSTILE

SHARES = st.none() | st.fractions(min_value=-5, max_value=5)


@given(SHARES, SHARES, st.integers(min_value=0, max_value=80))
def test_a_bar_is_as_wide_as_it_is_asked_to_be(
    progress: Fraction | None, expected: Fraction | None, width: int
) -> None:
    drawn = text.bar(progress, expected, width)
    assert drawn.cell_length == width
    assert ("┃" in drawn.plain) is (expected is not None and width > 0)


@pytest.mark.parametrize(
    ("progress", "expected", "drawn"),
    [
        (Fraction(0), None, "──────────"),
        (Fraction(1, 2), None, "━━━━━─────"),
        (Fraction(1, 20), None, "╸─────────"),
        (Fraction(1), None, "━━━━━━━━━━"),
        (Fraction(5, 2), None, "━━━━━━━━━━"),
        (Fraction(-3), None, "──────────"),
        (Fraction(1, 2), Fraction(3, 4), "━━━━━──┃──"),
        (Fraction(1), Fraction(1), "━━━━━━━━━┃"),
        (None, Fraction(0), "┃·········"),
        (None, None, "··········"),
    ],
)
def test_bars(progress: Fraction | None, expected: Fraction | None, drawn: str) -> None:
    assert text.bar(progress, expected, 10).plain == drawn


def test_small_charts_have_a_dot_where_there_is_nothing() -> None:
    values = (None, Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3), Fraction(-1))
    assert text.spark(values).plain == "·▁▅██▁"


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_a_symbol_and_a_word(status: Status) -> None:
    symbol, _space, word = text.status_text(status).plain.partition(" ")
    assert len(symbol) == 1
    assert word
    assert text.status_symbol(status).plain == symbol


def test_symbols_differ() -> None:
    assert len({text.status_symbol(status).plain for status in Status}) == len(Status)


@pytest.mark.parametrize("hostile", HOSTILE, ids=[each.name for each in HOSTILE])
def test_text_from_data_is_never_markup(hostile: object) -> None:
    data = getattr(hostile, "text")  # noqa: B009 (a plain attribute, of a table of the tests)
    for drawn in (text.plain(data), text.styled(data, text.STRONG), text.join(data, data)):
        assert "\x1b" not in drawn.plain
        assert "\n" not in drawn.plain
        assert all(span.style in ("", text.STRONG) for span in drawn.spans)
    if data.isascii() and data.isprintable():
        assert text.plain(data, limit=len(data) + 1).plain == data


@pytest.mark.parametrize(
    ("days", "short", "words"),
    [
        (None, "–", "–"),
        (Fraction(41, 2), "-21 d", "21 days behind"),
        (Fraction(1), "-1 d", "1 day behind"),
        (Fraction(-1), "+1 d", "1 day ahead"),
        (Fraction(-181), "+181 d", "181 days ahead"),
        (Fraction(1, 3), "0 d", "exactly on the line"),
        (Fraction(5114), "-14 y", "5114 days behind"),
    ],
)
def test_pace(days: Fraction | None, short: str, words: str) -> None:
    assert show.pace(days) == short
    assert show.pace_words(days) == words


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2016, 1, 1), date(2016, 12, 31), "2016"),
        (date(2016, 1, 1), date(2020, 12, 31), "2016–2020"),
        (date(2016, 3, 1), date(2016, 6, 30), "01/03/2016 – 30/06/2016"),
    ],
)
def test_periods(start: date, end: date, shown: str) -> None:
    assert show.years(start, end) == shown


def test_numbers_follow_the_language() -> None:
    assert show.amount(Fraction("1234.5"), "euro") == "1,234.5 euro"
    assert show.amount(Fraction("61.03"), "%") == "61.03%"
    i18n.set_language("nl")
    assert show.amount(Fraction("1234.5"), "euro") == "1.234,5 euro"
    assert show.percent(Fraction(83, 136), 2) == "61,03%"
    assert show.exact("0.30") == "0,30"
    assert show.amount(None) == "–"


@given(st.text(alphabet="abc de", max_size=200), st.integers(min_value=12, max_value=90))
def test_hanging_text_keeps_within_its_width(body: str, width: int) -> None:
    drawn = text.hanging(text.plain("label"), text.plain(body), 10, width)
    assert all(len(line) <= max(width, 10) for line in drawn.plain.split("\n"))
    assert "".join(drawn.plain.split()) == "label" + "".join(body.split())


def test_the_longest_wording_that_fits() -> None:
    wordings = [text.plain("in words"), text.plain("short"), text.plain("s")]
    assert text.fitting(10, wordings).plain == "in words"
    assert text.fitting(7, wordings).plain == "short"
    assert text.fitting(1, wordings).plain == "s"


def chart(*values: int | None) -> Chart:
    days = [date(2016, 1, 1) + timedelta(days=200 * n) for n in range(len(values))]
    pairs = list(zip(days, values, strict=True))
    return Chart(
        unit="bezoeken",
        start=date(2016, 1, 1),
        end=date(2016, 1, 1) + timedelta(days=200 * max(len(values) - 1, 1)),
        values=tuple(Dated(day, Fraction(value)) for day, value in pairs if value is not None),
        expected=tuple(Dated(day, Fraction(n)) for n, (day, _value) in enumerate(pairs)),
    )


@given(
    st.lists(st.none() | st.integers(min_value=-1000, max_value=10**9), max_size=12),
    st.integers(min_value=0, max_value=90),
    st.integers(min_value=0, max_value=30),
)
def test_a_chart_keeps_within_its_frame(values: list[int | None], width: int, height: int) -> None:
    lines = draw(chart(*values), width, height)
    if len(lines) > 1:
        assert len(lines) == height
        assert all(line.cell_length <= width for line in lines)


def test_a_chart_goes_up_with_its_values() -> None:
    lines = [line.plain for line in draw(chart(0, 5, 10), 60, 12)]
    assert lines[0].lstrip().startswith("10┤")
    assert lines[8].lstrip().startswith("0┤")
    assert lines[10].split()[:2] == ["2016", "apr"] or lines[10].split()[0] == "2016"
    first = next(row for row in range(9) if any("⠀" < c <= "⣿" for c in lines[row][4:8]))
    last = next(row for row in range(9) if any("⠀" < c <= "⣿" for c in lines[row][-4:]))
    assert last < first


def test_a_chart_without_values_says_so() -> None:
    assert "nothing to draw" in draw(BLANK, 40, 10)[0].plain
    assert "too little room" in draw(chart(1, 2), 9, 10)[0].plain
