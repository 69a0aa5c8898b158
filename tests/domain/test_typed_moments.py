"""Moments as people type them: what they stand for, what is refused, what is echoed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.dates import DateProblem
from socius_tui.domain.moments import from_milliseconds, milliseconds, moment_text
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.typed_moments import (
    MomentProblem,
    echo_moment,
    is_end_of_day,
    moment_words,
    parse_moment,
)
from socius_tui.i18n import get_language, set_language
from tests.hostile import HOSTILE

BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = date(2018, 6, 30)
JANUARY = "2018-01-15T22:59:59.999Z"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Problems are said in English."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)


def parsed(text: str, zone: ZoneInfo | None = BRUSSELS) -> datetime:
    """A moment typed in Brussels."""
    return parse_moment(text, today=TODAY, lang="en", zone=zone)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2018-01-15", JANUARY),
        ("15/1/2018", JANUARY),
        ("ma 15 januari 2018", JANUARY),
        ("15/1/2018 23:59", JANUARY),
        ("15/1/2018 14:30", "2018-01-15T13:30:59.999Z"),
        ("2018-01-15 14:30:05", "2018-01-15T13:30:05.999Z"),
        ("2018-01-15T14:30:05.123", "2018-01-15T13:30:05.123Z"),
        ("15 januari 2018 om 14u30", "2018-01-15T13:30:59.999Z"),
        ("15 January 2018, 9h", "2018-01-15T08:00:59.999Z"),
        ("yesterday 9:00", "2018-06-29T07:00:59.999Z"),
        ("-2 9u", "2018-06-28T07:00:59.999Z"),
        ("9:00", "2018-06-30T07:00:59.999Z"),
        ("2018-01-15T14:30Z", "2018-01-15T14:30:59.999Z"),
        ("15/1/2018 14:30 UTC", "2018-01-15T14:30:59.999Z"),
        ("2018-01-15T14:30:05.1+01:00", "2018-01-15T13:30:05.100Z"),
        ("2018-01-15 14:30 -0500", "2018-01-15T19:30:59.999Z"),
        ("26/3/2017", "2017-03-26T21:59:59.999Z"),
        ("29/10/2017", "2017-10-29T22:59:59.999Z"),
        ("29/10/2017 3:00", "2017-10-29T02:00:59.999Z"),
    ],
)
def test_what_is_typed_stands_for_its_last_millisecond(text: str, utc: str) -> None:
    assert moment_text(parsed(text)) == utc


@pytest.mark.parametrize(
    ("text", "rule", "part"),
    [
        ("", "moment.missing", "2018-01-15"),
        ("later", "moment.format", "yesterday 9:00"),
        ("2018-01-15 24:00", "moment.time", "0 to 23"),
        ("2018-01-15 9:61", "moment.time", "0 to 59"),
        ("2018-01-15T14:30+15:00", "moment.time", "0 to 23"),
        ("1/1/1970", "moment.range", "Check"),
        ("26/3/2017 2:30", "moment.skipped", "before or after"),
        ("29/10/2017 2:30", "moment.twice", "2017-10-29T00:30Z"),
        ("31/2/2018 9:00", "date.invalid", "28 days"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(text: str, rule: str, part: str) -> None:
    with pytest.raises(InputProblem) as caught:
        parsed(text)
    assert caught.value.rule == rule
    assert part in caught.value.hint


def test_both_times_of_an_hour_that_came_twice_can_be_written() -> None:
    first, second = parsed("2017-10-29T00:30Z"), parsed("2017-10-29T01:30Z")
    there = [moment.astimezone(BRUSSELS).strftime("%H:%M") for moment in (first, second)]
    assert there == ["02:30", "02:30"]


def test_a_zone_in_the_text_makes_the_computers_own_irrelevant() -> None:
    for zone in (BRUSSELS, ZoneInfo("America/Lima"), None):
        assert parsed("2018-01-15T14:30Z", zone) == datetime(
            2018, 1, 15, 14, 30, 59, 999_000, tzinfo=UTC
        )
        assert moment_words(parsed("2018-01-15T14:30Z", zone), "en").endswith("14:30 UTC")


def test_a_day_ends_with_its_later_midnight_where_the_clock_goes_back() -> None:
    azores = ZoneInfo("Atlantic/Azores")  # from 1:00 to 0:00: that day begins once
    havana = ZoneInfo("America/Havana")  # from 1:00 to 0:00 too
    assert moment_text(parsed("4/11/2017", havana)) == "2017-11-05T03:59:59.999Z"
    assert moment_text(parsed("28/10/2017", azores)) == "2017-10-28T23:59:59.999Z"
    santiago = ZoneInfo("America/Santiago")  # from 24:00 to 23:00: that last hour comes twice
    assert moment_text(parsed("13/5/2017", santiago)) == "2017-05-14T03:59:59.999Z"


def test_without_a_zone_it_is_the_clock_of_the_computer() -> None:
    assert parsed("15/1/2018 14:30", None) == datetime(2018, 1, 15, 14, 30, 59, 999_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("15/1/2018", "nl", "15 januari 2018, 23:59"),
        ("15/1/2018", "en", "15 January 2018, 23:59"),
        ("15/1/2018 9u", "nl", "15 januari 2018, 09:00"),
        ("15/1/2018 9:00:07", "en", "15 January 2018, 09:00:07"),
        ("2018-01-15T23:59Z", "en", "15 January 2018, 23:59 UTC"),
        ("2018-01-15T09:00:07.5Z", "en", "15 January 2018, 09:00:07.500 UTC"),
    ],
)
def test_words(text: str, lang: str, words: str) -> None:
    assert moment_words(parsed(text), lang) == words
    assert is_end_of_day(parsed(text)) is words.endswith("23:59")


WALL: Final = st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 30))  # noqa: DTZ001


@given(
    WALL,
    st.sampled_from(("nl", "en")),
    st.sampled_from((UTC, BRUSSELS)),
)
def test_what_is_echoed_is_read_back(moment: datetime, lang: str, zone: ZoneInfo) -> None:
    there = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
    there = there.astimezone(zone)
    try:
        again = parse_moment(echo_moment(there, lang), today=TODAY, lang=lang, zone=zone)
    except MomentProblem as problem:
        assert problem.rule == "moment.twice"  # noqa: PT017 (the only one that may be refused)
    else:
        assert again == there


@given(st.one_of(st.text(max_size=70), st.sampled_from([each.text for each in HOSTILE])))
def test_any_text_is_a_moment_or_a_problem_in_words(text: str) -> None:
    try:
        moment = parsed(text)
    except (MomentProblem, DateProblem) as problem:
        said = (problem.message, problem.hint)
        assert all(said)
        assert "\x1b" not in said[0]
    else:
        assert moment.tzinfo is not None


@given(WALL)
def test_milliseconds_are_exact(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
    assert from_milliseconds(milliseconds(whole)) == whole
    assert milliseconds(whole + timedelta(microseconds=999)) == milliseconds(whole)
