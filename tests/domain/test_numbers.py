"""Numbers as people type them, and as they are stored and shown."""

from __future__ import annotations

import decimal
import json
import re
import sqlite3
from decimal import Decimal
from fractions import Fraction

import pytest
from babel import numbers as babel_numbers
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.model import EntryForm
from socius_tui.domain.numbers import (
    NumberProblem,
    ParsedEntry,
    format_exact,
    format_number,
    format_percent,
    parse_entry,
    parse_number,
    to_decimal_text,
    to_json_number,
)
from socius_tui.paths import resource
from tests.hostile import SHORT_HOSTILE, Hostile

LOCALES = {"nl": "nl_BE", "en": "en_GB"}
languages = st.sampled_from(["nl", "en"])
canonical = st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?", fullmatch=True).filter(
    lambda text: not text.startswith("-") or Fraction(text) != 0
)
fractions = st.fractions(-(10**12), 10**12, max_denominator=10**6)


def other(text: str) -> str:
    """The same number with point and comma exchanged."""
    return text.translate(str.maketrans(".,", ",."))


@pytest.mark.parametrize(
    ("dutch", "stored"),
    [
        ("12", "12"),
        ("1234", "1234"),
        ("0", "0"),
        ("0012", "12"),
        ("000", "0"),
        ("+3", "3"),
        ("-12,5", "-12.5"),
        ("- 3", "-3"),
        ("-0", "0"),
        ("-0,00", "0.00"),
        ("0,30", "0.30"),
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("86.5", "86.5"),
        ("86.50", "86.50"),
        ("1234.567", "1234.567"),
        ("0.125", "0.125"),
        ("1,000", "1.000"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1 234.5", "1234.5"),
        (" 5 ", "5"),
        ("9223372036854775808", "9223372036854775808"),
        ("9" * 30, "9" * 30),
    ],
)
def test_what_people_type(dutch: str, stored: str) -> None:
    assert parse_number(dutch, "nl") == stored
    assert parse_number(other(dutch), "en") == stored


@pytest.mark.parametrize(
    ("dutch", "rule", "hint"),
    [
        ("", "number.missing", "1234,5"),
        ("  ", "number.missing", "1234,5"),
        ("1.000", "number.ambiguous", "1000 or 1,000"),
        ("-12.345", "number.ambiguous", "12345 or 12,345"),
        ("1,234.56", "number.format", "1234,5"),
        ("1,234,567", "number.format", "1234,5"),
        ("12.34,5", "number.format", "1234,5"),
        ("1.23.4", "number.format", "1234,5"),
        ("1.234 567", "number.format", "1234,5"),
        ("1 23", "number.format", "1234,5"),
        ("1 234.567", "number.format", "1234,5"),
        ("nan", "number.finite", "1234,5"),
        ("NaN", "number.finite", "1234,5"),
        ("-inf", "number.finite", "1234,5"),
        ("Infinity", "number.finite", "1234,5"),
        ("1e400", "number.finite", "in full"),
        ("1e5", "number.format", "in full"),
        ("0x10", "number.format", "1234,5"),
        ("1_000", "number.format", "1234,5"),
        ("٣", "number.format", "1234,5"),
        ("½", "number.format", "1234,5"),
        ("²", "number.format", "1234,5"),
        ("−5", "number.format", "minus sign"),
        ("–5", "number.format", "minus sign"),
        ("12abc", "number.format", "1234,5"),
        ("5,", "number.format", "1234,5"),
        (",5", "number.format", "1234,5"),
        ("5.", "number.format", "1234,5"),
        ("--5", "number.format", "1234,5"),
        ("+-5", "number.format", "1234,5"),
        ("-", "number.format", "1234,5"),
        ("5-", "number.format", "1234,5"),
        ("€ 5", "number.format", "1234,5"),
        ("15 %", "number.format", "percent sign out"),
        ("9" * 31, "number.too_long", "30 digits"),
        ("0," + "1" * 30, "number.too_long", "30 digits"),
        ("1" * 10_000, "number.too_long", "30 digits"),
    ],
)
def test_what_is_refused(dutch: str, rule: str, hint: str, english: None) -> None:
    for lang, text, said in (("nl", dutch, hint), ("en", other(dutch), other(hint))):
        with pytest.raises(NumberProblem) as caught:
            parse_number(text, lang)
        assert caught.value.rule == rule
        assert said in caught.value.hint


def test_a_percent_sign_only_where_it_belongs() -> None:
    assert parse_number("61 %", "nl", percent=True) == "61"
    assert parse_number("61,5%", "nl", percent=True) == "61.5"
    for text in ("%", "6%1", "61 %%"):
        with pytest.raises(NumberProblem):
            parse_number(text, "nl", percent=True)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("40", ParsedEntry(EntryForm.VALUE, value="40")),
        ("0", ParsedEntry(EntryForm.VALUE, value="0")),
        ("-2", ParsedEntry(EntryForm.VALUE, value="-2")),
        ("40/57", ParsedEntry(EntryForm.RATIO, numerator="40", denominator="57")),
        (" 0 / 31 ", ParsedEntry(EntryForm.RATIO, numerator="0", denominator="31")),
        *(
            (text, ParsedEntry(EntryForm.NOT_APPLICABLE))
            for text in ("n.v.t.", "nvt", "N.V.T.", "n.a.", "NA", "n/a", " Niet van toepassing")
        ),
    ],
)
def test_entries(text: str, entry: ParsedEntry, lang: str) -> None:
    assert parse_entry(text, lang) == entry


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("40/0", "number.denominator"),
        ("40/0,0", "number.denominator"),
        ("40/-3", "number.denominator"),
        ("40/", "number.missing"),
        ("/57", "number.missing"),
        ("40/57/3", "number.format"),
        ("a/b", "number.format"),
        ("1.000/57", "number.ambiguous"),
        ("61 %", "number.format"),
        ("", "number.missing"),
        ("x" * 10_000, "number.too_long"),
    ],
)
def test_entries_refused(text: str, rule: str) -> None:
    with pytest.raises(NumberProblem) as caught:
        parse_entry(text, "nl")
    assert caught.value.rule == rule


@pytest.mark.parametrize("each", SHORT_HOSTILE, ids=lambda each: each.name)
def test_hostile_text_is_no_number(each: Hostile) -> None:
    if each.text in ("0012", "3/4"):
        return
    with pytest.raises(NumberProblem) as caught:
        parse_entry(each.text, "nl")
    assert not [c for c in caught.value.message if c < " " or 0xD800 <= ord(c) <= 0xDFFF]


near_numbers = st.text("0123456789.,-+ %/e\u00a0\u202f", max_size=20)


def attempt(text: str, lang: str, percent: bool) -> list[str | NumberProblem]:
    """The number and the entry, or their problems; any other error fails the test."""
    found: list[str | NumberProblem] = []
    for read in (parse_number, lambda *a, **k: parse_entry(*a, **k).value or ""):
        try:
            found.append(read(text, lang, percent=percent))
        except NumberProblem as problem:
            found.append(problem)
    return found


@given(near_numbers | st.text(st.characters(), max_size=20), languages, st.booleans())
def test_what_is_taken_fits_the_file_and_nothing_else_is_raised(
    text: str, lang: str, percent: bool
) -> None:
    for found in attempt(text, lang, percent):
        if isinstance(found, NumberProblem):
            assert found.rule.startswith("number.")
            assert found.hint
        elif found:
            assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", found)
            assert len(found) <= 40
            assert parse_number(format_exact(found, lang), lang) == found


def test_the_schema_takes_what_is_parsed() -> None:
    """The CHECK of `measurement.value` and `.denominator`, word for word from schema.sql."""
    schema = resource("schema.sql").read_text(encoding="utf-8")
    table = re.search(r"CREATE TABLE measurement \(.*?\n\) STRICT;", schema, re.S)
    assert table
    columns = re.findall(r"^  (?:value|numerator|denominator) .*?,$", table[0], re.M)
    assert len(columns) == 3
    file = sqlite3.connect(":memory:")
    file.execute(f"CREATE TABLE m ({' '.join(columns)[:-1]}) STRICT")
    for text in ("0", "-12,5", "0,30", "1.234.567", "-" + "9" * 29 + ",9", "9" * 30):
        stored = parse_number(text, "nl")
        file.execute("INSERT INTO m (value, numerator) VALUES (?, ?)", (stored, stored))
    entry = parse_entry("40/57,5", "nl")
    file.execute("INSERT INTO m (denominator) VALUES (?)", (entry.denominator,))
    file.close()


@given(canonical, languages)
def test_what_is_shown_exactly_can_be_typed(stored: str, lang: str) -> None:
    assert parse_number(format_exact(stored, lang), lang) == stored


@given(fractions, languages)
def test_a_finite_fraction_survives_being_shown_and_typed(x: Fraction, lang: str) -> None:
    x = Fraction(round(x * 1000), 1000)
    assert Fraction(parse_number(format_exact(x, lang), lang)) == x


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(3, 10), "0.3"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "0.3333333333333333"),
        (Fraction(83, 136), "0.6102941176470589"),
        (Fraction(1, 3 * 10**12), "0.00000000000033333333333333334"),
        (Fraction(10**400, 3), "3" * 400),
        (Fraction(10**400), "1" + "0" * 400),
        (Decimal("0.30"), "0.3"),
        (Decimal("1E+3"), "1000"),
        (-7, "-7"),
    ],
)
def test_decimal_text(number: Fraction | Decimal | int, text: str) -> None:
    assert to_decimal_text(number) == text


@given(fractions)
def test_decimal_text_is_exact_or_the_same_double(x: Fraction) -> None:
    text = to_decimal_text(x)
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
    assert Fraction(text) == x or float(text) == float(x) == to_json_number(x)


@given(canonical)
def test_decimal_text_gives_back_what_was_entered(stored: str) -> None:
    assert Fraction(to_decimal_text(Fraction(stored))) == Fraction(stored)


@pytest.mark.parametrize(
    ("x", "places", "dutch"),
    [
        (Fraction("1234.5"), None, "1.234,5"),
        (Fraction("1234567"), None, "1.234.567"),
        (Fraction("0.125"), None, "0,125"),
        (Fraction(1, 3), None, "0,33"),
        (Fraction(2999999, 1000000), None, "3"),
        (Fraction(0), None, "0"),
        (Fraction("0.5"), 0, "1"),
        (Fraction("1.5"), 0, "2"),
        (Fraction("2.5"), 0, "3"),
        (Fraction("-2.5"), 0, "-3"),
        (Fraction("-0.004"), 2, "0,00"),
        (Fraction("60.885"), 2, "60,89"),
        (Fraction(3), 1, "3,0"),
        (Fraction("999.95"), 1, "1.000,0"),
    ],
)
def test_numbers_to_read(x: Fraction, places: int | None, dutch: str) -> None:
    assert format_number(x, "nl", places=places) == dutch
    assert format_number(x, "en", places=places) == other(dutch)


@pytest.mark.parametrize(
    ("x", "places", "dutch"),
    [
        (Fraction(83, 136), 1, "61,0%"),
        (Fraction(83, 136), 2, "61,03%"),
        (Fraction(280, 300), 1, "93,3%"),
        (Fraction(-40, 100), 0, "-40%"),
        (Fraction(25), 1, "2.500,0%"),
        (Fraction(0), 1, "0,0%"),
    ],
)
def test_percentages_to_read(x: Fraction, places: int, dutch: str) -> None:
    assert format_percent(x, "nl", places) == dutch
    assert format_percent(x, "en", places) == other(dutch)


def as_babel(x: Fraction, lang: str, pattern: str) -> str:
    """What Babel makes of it, rounding half up; the digits are exact, so nothing is lost."""
    exact = Decimal(x.numerator) / Decimal(x.denominator)
    return str(babel_numbers.format_decimal(exact, pattern, locale=LOCALES[lang]))


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.integers(0, 4), languages)
def test_numbers_are_shown_as_babel_shows_them(
    digits: int, scale: int, places: int, lang: str
) -> None:
    x = Fraction(digits, 10**scale)
    rounded = Fraction(format_number(x, "en", places=places, grouping=False))
    with decimal.localcontext(prec=60, rounding=decimal.ROUND_HALF_UP):
        number = "#,##0." + "0" * places if places else "#,##0"
        if rounded:  # Babel shows minus zero
            assert format_number(x, lang, places=places) == as_babel(x, lang, number)
            assert format_percent(x / 100, lang, places) == as_babel(x / 100, lang, number + "%")
        assert format_number(x, lang) == as_babel(x, lang, "#,##0.####")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_percentage_has_the_form_of_the_locale(lang: str) -> None:
    expected = babel_numbers.format_percent(Decimal("0.61"), locale=LOCALES[lang])
    assert format_percent(Fraction(61, 100), lang, 0) == expected


@given(fractions, st.integers(0, 6))
def test_rounding_is_off_by_at_most_half(x: Fraction, places: int) -> None:
    shown = Fraction(format_number(x, "en", places=places, grouping=False))
    assert abs(shown - x) * 2 <= Fraction(1, 10**places)


def test_exact_text_keeps_its_zeros() -> None:
    assert format_exact("0.30", "nl") == "0,30"
    assert format_exact("-1234567.50", "nl") == "-1234567,50"
    assert format_exact("-1234567.50", "nl", grouping=True) == "-1.234.567,50"
    assert format_exact("1234567.50", "en", grouping=True) == "1,234,567.50"
    assert format_exact(Fraction(1, 8), "nl") == "0,125"


@given(fractions)
def test_json_numbers(x: Fraction) -> None:
    number = to_json_number(x)
    assert isinstance(number, int) is (x.denominator == 1)
    assert json.loads(json.dumps(number)) == number


def test_json_of_a_number_beyond_the_doubles() -> None:
    assert to_json_number(Fraction(10**400, 3)) == int("3" * 400)
