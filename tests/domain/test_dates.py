"""Dates as people type them, and as they are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel import dates as babel_dates
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.dates import (
    DateProblem,
    echo_date,
    format_date,
    format_moment,
    parse_date,
)
from tests.hostile import SHORT_HOSTILE, Hostile

TODAY = date(2016, 3, 16)  # a Wednesday
LOCALES = {"nl": "nl_BE", "en": "en_GB"}
languages = st.sampled_from(["nl", "en"])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def attempt(text: str, today: date, lang: str) -> date | DateProblem:
    """The date, or its problem; any other error fails the test."""
    try:
        return parse_date(text, today=today, lang=lang)
    except DateProblem as problem:
        return problem


def assert_in_order(found: date | DateProblem) -> None:
    if isinstance(found, DateProblem):
        assert found.rule.startswith("date.")
        assert found.hint
    else:
        assert 1900 <= found.year <= 2199


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-03-14", date(2016, 3, 14)),
        ("2016-3-4", date(2016, 3, 4)),
        ("2016/03/14", date(2016, 3, 14)),
        ("14/3/2016", date(2016, 3, 14)),
        ("04/03/2016", date(2016, 3, 4)),
        ("14-3-2016", date(2016, 3, 14)),
        ("14.3.2016", date(2016, 3, 14)),
        (" 14 / 3 / 2016 ", date(2016, 3, 14)),
        ("14/3", date(2016, 3, 14)),
        ("31/12", date(2016, 12, 31)),
        ("29/02/2024", date(2024, 2, 29)),
        ("14 maart 2016", date(2016, 3, 14)),
        ("14 mrt", date(2016, 3, 14)),
        ("14 mrt. 2016", date(2016, 3, 14)),
        ("14 March 2016", date(2016, 3, 14)),
        ("14 Mar 2016", date(2016, 3, 14)),
        ("1 sept", date(2016, 9, 1)),
        ("1 mei", date(2016, 5, 1)),
        ("1 May", date(2016, 5, 1)),
        ("1 okt 2015", date(2015, 10, 1)),
        ("1 October 2015", date(2015, 10, 1)),
        ("14maart2016", date(2016, 3, 14)),
        ("ma 14 maart 2016", date(2016, 3, 14)),
        ("Monday, 14 March 2016", date(2016, 3, 14)),
        ("ma 14/3", date(2016, 3, 14)),
        ("vandaag", TODAY),
        ("Today", TODAY),
        ("gisteren", date(2016, 3, 15)),
        ("yesterday", date(2016, 3, 15)),
        ("eergisteren", date(2016, 3, 14)),
        ("morgen", date(2016, 3, 17)),
        ("tomorrow", date(2016, 3, 17)),
        ("overmorgen", date(2016, 3, 18)),
        ("-2", date(2016, 3, 14)),
        ("+3", date(2016, 3, 19)),
        ("-0", TODAY),
        ("-366", date(2015, 3, 16)),
        ("di", date(2016, 3, 15)),
        ("wo", date(2016, 3, 9)),
        ("do", date(2016, 3, 10)),
        ("zo", date(2016, 3, 13)),
        ("Maandag", date(2016, 3, 14)),
        ("wednesday", date(2016, 3, 9)),
        ("Sun", date(2016, 3, 13)),
    ],
)
def test_what_people_type(text: str, day: date, lang: str) -> None:
    assert parse_date(text, today=TODAY, lang=lang) == day


@pytest.mark.parametrize(
    ("text", "rule", "said", "hint"),
    [
        ("", "date.missing", "A date is needed", "yesterday"),
        ("   ", "date.missing", "A date is needed", "14/3"),
        ("31/2", "date.invalid", "February 2016 has no day 31", "February 2016 has 29 days"),
        ("2023-02-29", "date.invalid", "February 2023 has no day 29", "28 days"),
        ("2024-02-30", "date.invalid", "February 2024 has no day 30", "29 days"),
        ("31 november", "date.invalid", "November 2016 has no day 31", "30 days"),
        ("32/12/2016", "date.invalid", "December 2016 has no day 32", "31 days"),
        ("0/3/2016", "date.invalid", "no day 0", "31 days"),
        ("2024-13-01", "date.invalid", "no month 13", "before the month"),
        ("3/14/2016", "date.invalid", "no month 14", "before the month"),
        ("20240209", "date.format", "not a date", "2024-02-09"),
        ("2024-W05", "date.format", "not a date", "A week is not a day"),
        ("2024W053", "date.format", "not a date", "A week is not a day"),
        ("45351", "date.format", "not a date", "29 February 2024"),
        ("24-01-01", "date.format", "four digits", "2016"),
        ("14/3/16", "date.format", "four digits", "2016"),
        ("14/3/20166", "date.format", "four digits", "2016"),
        ("14", "date.format", "not a date", "14/3"),
        ("2016", "date.format", "not a date", "14/3"),
        ("14 foo 2016", "date.format", "not a date", "14/3"),
        ("14 m 2016", "date.format", "not a date", "14/3"),
        ("foo 14/3/2016", "date.format", "not a date", "14/3"),
        ("2024-01-01T00:00Z", "date.format", "not a date", "14/3"),
        ("1704067200", "date.format", "not a date", "14/3"),
        ("١٤/٣/٢٠١٦", "date.format", "not a date", "14/3"),
        ("−2", "date.format", "not a date", "-2"),
        ("x" * 10_000, "date.format", "not a date", "14/3"),
        ("0000-01-01", "date.range", "1900 to 2199", "year"),
        ("9999-12-31", "date.range", "1900 to 2199", "year"),
        ("1/1/1899", "date.range", "1900 to 2199", "year"),
        ("1/1/2200", "date.range", "1900 to 2199", "year"),
        ("+99999", "date.range", "1900 to 2199", "year"),
        ("-99999", "date.range", "1900 to 2199", "year"),
        ("di 14 maart 2016", "date.weekday", "that day is Mon 14 March 2016", "day of the week"),
    ],
)
def test_what_is_refused(text: str, rule: str, said: str, hint: str, english: None) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_date(text, today=TODAY, lang="en")
    assert caught.value.rule == rule
    assert said in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("each", SHORT_HOSTILE, ids=lambda each: each.name)
def test_hostile_text_is_no_date(each: Hostile) -> None:
    if each.text == "3/4":
        return
    with pytest.raises(DateProblem) as caught:
        parse_date(each.text, today=TODAY, lang="nl")
    assert not [c for c in caught.value.message if c < " " or 0xD800 <= ord(c) <= 0xDFFF]


@given(st.text(st.characters(), max_size=30), days, languages)
def test_only_its_own_problem_is_raised(text: str, today: date, lang: str) -> None:
    assert_in_order(attempt(text, today, lang))


@given(st.from_regex(r"[-+0-9/. a-z]{1,16}", fullmatch=True), days, languages)
def test_text_near_a_date_raises_nothing_else(text: str, today: date, lang: str) -> None:
    assert_in_order(attempt(text, today, lang))


@given(days, days, languages, languages)
def test_what_is_shown_can_be_typed(day: date, today: date, shown: str, lang: str) -> None:
    for text in (
        day.isoformat(),
        echo_date(day, shown),
        format_date(day, shown),
        format_date(day, shown, "medium"),
        format_date(day, shown, "long"),
    ):
        assert parse_date(text, today=today, lang=lang) == day


@given(days, languages)
def test_a_weekday_is_one_of_the_last_seven_days(today: date, lang: str) -> None:
    for name in ("ma", "tuesday", "wo", "thu", "vrijdag", "za", "zo"):
        day = attempt(name, today, lang)
        if isinstance(day, DateProblem):
            assert day.rule == "date.range"
            assert today <= date(1900, 1, 8)
        else:
            assert 1 <= (today - day).days <= 7
            assert echo_date(day, "nl")[:2] == babel_dates.format_date(day, "EEE", locale="nl_BE")


@given(days, languages)
def test_days_are_shown_as_babel_shows_them(day: date, lang: str) -> None:
    locale = LOCALES[lang]
    for style in ("short", "medium", "long"):
        assert format_date(day, lang, style) == babel_dates.format_date(day, style, locale=locale)
    assert echo_date(day, lang) == babel_dates.format_date(day, "EEE d MMMM y", locale=locale)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year >= 1000), languages)
def test_moments_are_shown_as_babel_shows_them(moment: datetime, lang: str) -> None:
    expected = babel_dates.format_datetime(moment, "short", locale=LOCALES[lang])
    assert format_moment(moment, lang) == expected


def test_a_moment_is_shown_on_its_own_clock() -> None:
    assert format_moment(datetime(2016, 3, 4, 9, 5, 59, tzinfo=UTC), "nl") == "4/03/2016, 09:05"


def test_an_unknown_style_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="full"):
        format_date(TODAY, "nl", "full")
