"""Single cells: what they are taken for, and the rule by which the rest is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.dates import DateProblem
from socius_tui.domain.numbers import NumberProblem
from socius_tui.domain.problem import InputProblem
from socius_tui.services.exchange.tabular.cells import day_of_cell, number_of_cell, text_of_cell
from socius_tui.services.exchange.tabular.source import Cell, CellError, Days, Decimals


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("[red]x[/red]", "[red]x[/red]"),
        (":bomb:", ":bomb:"),
        ("e\u0301", "é"),
        ("'=1+1", "=1+1"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("'+32 475 12 34 56", "+32 475 12 34 56"),
        ("0012", "0012"),
        ("12345678901234567890", "12345678901234567890"),
        (12345678901234567890, "12345678901234567890"),
        (Decimal("1.50"), "1.50"),
        (date(2016, 3, 14), "2016-03-14"),
        (None, ""),
    ],
)
def test_text(cell: Cell, text: str) -> None:
    assert text_of_cell(cell, 100) == text


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("a\0b", "text.control"),
        ("\x1b[31m", "text.control"),
        ("\x1b]52;c;eA==\x07", "text.control"),
        ("\x9b31m", "text.control"),
        ("abc\u202egnp.exe", "text.bidi"),
        ("\u2067x\u2069", "text.bidi"),
        ("Jan\u200bssens", "text.invisible"),
        ("a\ud800b", "text.surrogate"),
        ("e" + "\u0301" * 500, "text.combining"),
        ("x" * 2001, "text.too_long"),
        ("", "text.empty"),
        ("  ", "text.empty"),
        ("\u00a0", "text.empty"),
        (None, "text.empty"),
        ("a\nb", "text.newline"),
        (True, "text.boolean"),
        (Decimal("1e999999999"), "number.finite"),
        (CellError("#REF!"), "cell.error"),
    ],
)
def test_no_text(cell: Cell, rule: str) -> None:
    with pytest.raises(InputProblem) as caught:
        text_of_cell(cell, 2000, required=True)
    assert caught.value.rule == rule


def test_lines_of_a_note_end_in_one_way() -> None:
    assert text_of_cell("a\r\nb", 100, multiline=True) == "a\nb"


@pytest.mark.parametrize(
    ("cell", "decimals", "number"),
    [
        ("-12,5", "comma", "-12.5"),
        ("1.234,56", "comma", "1234.56"),
        ("1 234,5", "comma", "1234.5"),
        ("1\u00a0234,5", "comma", "1234.5"),
        ("1\u202f234,5", "comma", "1234.5"),
        ("1,234.56", "point", "1234.56"),
        ("12,5", None, "12.5"),
        ("1.234,56", None, "1234.56"),
        ("9223372036854775808", None, "9223372036854775808"),
        (Decimal("1E+2"), None, "100"),
        (Decimal("-0.0"), None, "0.0"),
        (7, None, "7"),
    ],
)
def test_numbers(cell: Cell, decimals: Decimals | None, number: str) -> None:
    assert number_of_cell(cell, decimals) == number


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("1,234.56", "number.format"),
        ("1.000", "number.ambiguous"),
        ("nan", "number.finite"),
        ("inf", "number.finite"),
        ("1e400", "number.finite"),
        (Decimal("1e400"), "number.finite"),
        (Decimal("NaN"), "number.finite"),
        (Decimal("1e-999999999"), "number.too_long"),
        (10**40, "number.too_long"),
        (Decimal("1e300"), "number.too_long"),
        *((text, "number.format") for text in ("1_000", "0x10", "٣", "½", "−5", "–5")),
        *((text, "number.format") for text in ("12abc", "5,", "--5", "12 %")),
        ("", "number.missing"),
        (None, "number.missing"),
        (True, "number.format"),
        (date(2016, 3, 14), "number.format"),
        (CellError("#N/A"), "cell.error"),
    ],
)
def test_no_number(cell: Cell, rule: str) -> None:
    with pytest.raises(InputProblem) as caught:
        number_of_cell(cell, "comma")
    assert caught.value.rule == rule


def test_another_minus_gets_the_hint_to_use_the_keyboards() -> None:
    with pytest.raises(InputProblem) as caught:
        number_of_cell("−5", None)
    assert caught.value.hint == "Use the minus sign of the keyboard: -."


def test_a_percent_sign_only_where_percents_are() -> None:
    assert number_of_cell("12 %", "comma", percent=True) == "12"


def test_where_the_month_comes_first_no_hint_says_to_write_the_day_first() -> None:
    with pytest.raises(DateProblem) as caught:
        day_of_cell("14/3/2016", "month_first")
    assert (caught.value.rule, caught.value.message, caught.value.hint) == (
        "date.invalid",
        "“14/3/2016” is no date: there is no month 14.",
        "In this list the month comes first; if it does not, say so with --dates.",
    )


@pytest.mark.parametrize("text", ["1.000", "1,000"])
def test_where_nothing_decides_a_group_of_three_is_refused(text: str) -> None:
    with pytest.raises(InputProblem) as caught:
        number_of_cell(text, None)
    assert caught.value.rule == "number.ambiguous"


@pytest.mark.parametrize(
    ("cell", "days", "day"),
    [
        ("2024-02-29", None, date(2024, 2, 29)),
        ("2024-02-29 00:00:00", None, date(2024, 2, 29)),
        ("29/02/2024", "day_first", date(2024, 2, 29)),
        ("2/29/2024", "month_first", date(2024, 2, 29)),
        ("29.2.2024", None, date(2024, 2, 29)),
        ("3/3/2024", None, date(2024, 3, 3)),
        (date(2024, 2, 29), None, date(2024, 2, 29)),
        (datetime.fromisoformat("2024-02-29"), None, date(2024, 2, 29)),
    ],
)
def test_days(cell: Cell, days: Days | None, day: date) -> None:
    assert day_of_cell(cell, days) == day


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("2023-02-29", "date.invalid"),
        ("2024-02-30", "date.invalid"),
        ("2024-13-01", "date.invalid"),
        ("1/2/2024", "date.ambiguous"),
        *((text, "date.format") for text in ("2024-2-9", "20240209", "2024-W05", "24-01-01")),
        ("45351", "date.format"),
        (45351, "date.format"),
        ("1900-02-29", "date.excel1900"),
        *((text, "date.range") for text in ("0000-01-01", "9999-12-31", "2224-01-01")),
        (date(2224, 1, 1), "date.range"),
        (datetime.fromisoformat("2024-01-01T09:00"), "date.time"),
        ("", "date.missing"),
        (True, "date.format"),
        (CellError("#REF!"), "cell.error"),
    ],
)
def test_no_day(cell: Cell, rule: str) -> None:
    with pytest.raises(InputProblem) as caught:
        day_of_cell(cell, None)
    assert caught.value.rule == rule


def test_the_hint_says_which_day_a_number_of_excel_is() -> None:
    with pytest.raises(InputProblem) as caught:
        day_of_cell("45351", None)
    assert caught.value.hint == (
        "A spreadsheet writes 29 February 2024 like that; write 2024-02-29."
    )


@given(st.text("0123456789.,-+ %eE\u00a0", max_size=12), st.sampled_from(["comma", "point", None]))
def test_a_number_is_plain_decimal_text_or_refused(text: str, decimals: Decimals | None) -> None:
    try:
        number = number_of_cell(text, decimals)
    except NumberProblem:
        return
    assert Decimal(number).is_finite()
    assert number_of_cell(Decimal(number), None) == number


@given(st.text("0123456789/-. ", max_size=11), st.sampled_from(["day_first", "month_first", None]))
def test_a_day_has_the_numbers_that_stand_there_or_is_refused(text: str, days: Days | None) -> None:
    try:
        day = day_of_cell(text, days)
    except DateProblem:
        return
    for number in (day.year, day.month, day.day):
        assert str(number) in text
