"""Entering progress: what a measurement can be, what is refused, what a target change needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from socius_tui.domain.model import EntryForm, Status
from socius_tui.domain.overview import StatusLine
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.services.detail import indicator_detail
from socius_tui.services.log import measurement_list
from socius_tui.services.measuring import (
    AddMeasurement,
    EditMeasurement,
    RetireMeasurement,
    SetTarget,
)
from socius_tui.services.overview import plan_status
from socius_tui.services.resolve import find_indicator, find_work_type
from socius_tui.services.session import Session

DAY = date(2016, 5, 2)
COUNT = "OD1.3-a"  # adds up
SHARE = "OD1.3-b"  # a percentage
PROMISE = "BO2-c"  # year by year
STORY = "OD1.4-b"  # told in words
COMPUTED = "BO2-a"


def add(session: Session, code: str, **fields: Any) -> str:
    """Enter a measurement and give its id."""
    known = {"indicator_id": find_indicator(session, code).id, "observed_on": DAY}
    return session.write(AddMeasurement.of(**{**known, **fields})).ids("measurement")[0]


def line(session: Session, code: str) -> StatusLine:
    """The indicator's line of the overview."""
    found = plan_status(session).find(code)
    assert found is not None
    return found


def test_zero_is_data_and_nothing_is_not(fresh: Session) -> None:
    assert line(fresh, COUNT).with_data == 0
    assert line(fresh, COUNT).value is None
    add(fresh, COUNT, value="0")
    assert line(fresh, COUNT).with_data == 1
    assert line(fresh, COUNT).value == 0
    assert line(fresh, COUNT).status is Status.OFF_TRACK


def test_not_applicable_leaves_the_denominator(fresh: Session) -> None:
    goal = line(fresh, "OD1.3")
    add(fresh, COUNT, form=EntryForm.NOT_APPLICABLE)
    assert line(fresh, COUNT).of == 0
    assert line(fresh, "OD1.3").of == goal.of - 1


def test_numbers_are_kept_exactly(fresh: Session) -> None:
    for value in ("0.1", "0.2"):
        add(fresh, COUNT, value=value)
    assert line(fresh, COUNT).value == Fraction(3, 10)
    assert {m.value for m in measurement_list(fresh)} == {"0.1", "0.2"}


def test_ratios_of_work_types_add_up(fresh: Session) -> None:
    for code, above, below in (
        ("verenigingen", "40", "57"),
        ("vormingsinstellingen", "20", "35"),
        ("vormingplus-centra", "13", "13"),
        ("bewegingen", "10", "31"),
    ):
        add(
            fresh,
            SHARE,
            form=EntryForm.RATIO,
            numerator=above,
            denominator=below,
            work_type_id=find_work_type(fresh, code).id,
        )
    assert line(fresh, SHARE).value == Fraction(8300, 136)
    of_one = plan_status(fresh, find_work_type(fresh, "bewegingen").id).find(SHARE)
    assert of_one is not None
    assert of_one.value == Fraction(1000, 31)


def test_a_back_dated_entry_counts_on_its_own_day(fresh: Session) -> None:
    add(fresh, COUNT, value="5", observed_on=date(2016, 1, 10))
    fresh.set_as_of(date(2016, 1, 9))
    assert line(fresh, COUNT).value is None
    fresh.set_as_of(date(2016, 1, 10))
    assert line(fresh, COUNT).value == 5


def test_only_the_right_qualifier_keeps_a_promise(demo: Session) -> None:
    dialogue = indicator_detail(demo, find_indicator(demo, "BO2-b").id)
    assert [(r.qualifier, r.verdict) for r in dialogue.judgement.periods] == [
        ("beroepskrachten", "fulfilled"),
        ("leidinggevenden", "open"),
        ("beroepskrachten", "upcoming"),
        ("leidinggevenden", "upcoming"),
    ]
    add(demo, "BO2-b", value="1", observed_on=date(2018, 5, 2), qualifier="beroepskrachten")
    assert line(demo, "BO2-b").value == 1
    add(demo, "BO2-b", value="1", observed_on=date(2018, 5, 2), qualifier="leidinggevenden")
    assert line(demo, "BO2-b").value == 2


@pytest.mark.parametrize(
    ("code", "fields", "words"),
    [
        (COMPUTED, {"value": "1"}, "counts by itself"),
        (COUNT, {"value": "1", "observed_on": date(2016, 7, 1)}, "in the future"),
        (COUNT, {"value": "1", "observed_on": date(2015, 7, 1)}, "outside the plan"),
        (COUNT, {"value": "-1"}, "cannot be below 0"),
        (COUNT, {"form": EntryForm.RATIO, "numerator": "1", "denominator": "2"}, "one number"),
        (COUNT, {"form": EntryForm.TEXT, "note": "x"}, "needs a number"),
        (SHARE, {"value": "101"}, "between 0 and 100"),
        (SHARE, {"form": EntryForm.RATIO, "numerator": "3", "denominator": "2"}, "between 0"),
        (SHARE, {"form": EntryForm.RATIO, "numerator": "3", "denominator": "0"}, "greater than 0"),
        (STORY, {"value": "1"}, "told in words"),
        (STORY, {"form": EntryForm.TEXT}, "note"),
    ],
)
def test_what_an_indicator_cannot_take_is_refused(
    fresh: Session, code: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises((InvalidInput, RuleBroken), match=words):
        add(fresh, code, **fields)
    assert measurement_list(fresh) == []


def test_a_story_is_told_in_words(fresh: Session) -> None:
    add(fresh, STORY, form=EntryForm.TEXT, note="Zo ging het.")
    assert line(fresh, STORY).status is Status.ON_TRACK
    assert line(fresh, STORY).progress is None


def test_a_correction_replaces_and_a_retirement_removes(fresh: Session) -> None:
    measurement_id = add(fresh, COUNT, value="5", note="geteld")
    fresh.write(
        EditMeasurement.of(
            measurement_id=measurement_id,
            indicator_id=find_indicator(fresh, COUNT).id,
            observed_on=DAY,
            value="7",
        )
    )
    assert line(fresh, COUNT).value == 7
    fresh.write(RetireMeasurement.of(measurement_id=measurement_id))
    assert line(fresh, COUNT).value is None
    assert measurement_list(fresh) == []


def test_a_changed_target_needs_a_reason(fresh: Session) -> None:
    indicator = find_indicator(fresh, COUNT)
    year = {"period_start": date(2016, 1, 1), "period_end": date(2016, 12, 31)}
    change = {"indicator_id": indicator.id, **year, "value": "50"}
    with pytest.raises(InvalidInput, match="needs a reason") as caught:
        fresh.write(SetTarget.of(**change))
    assert caught.value.field == "reason"
    fresh.write(SetTarget.of(**change, reason="minder middelen"))
    detail = indicator_detail(fresh, indicator.id)
    assert detail.reasons == (("2016-01-01", "2016-12-31", "minder middelen"),)
    assert detail.record.measure.targets[0].value == 50


def test_a_target_outside_the_plan_is_refused(fresh: Session) -> None:
    with pytest.raises(RuleBroken, match="outside the plan"):
        fresh.write(
            SetTarget.of(
                indicator_id=find_indicator(fresh, COUNT).id,
                period_start=date(2021, 1, 1),
                period_end=date(2021, 12, 31),
                value="1",
            )
        )
