"""The value of a period."""

from __future__ import annotations

from fractions import Fraction

import pytest

from socius_tui.domain import codes
from socius_tui.domain.aggregation import value_of
from socius_tui.domain.model import Aggregation, Entry, EntryForm, IndicatorKind, Measure
from tests.domain.building import day, entry, measure, percent, ratio, row, shown, silent, words

SUM, LATEST, MEAN = Aggregation.SUM, Aggregation.LATEST, Aggregation.MEAN
MIN, MAX, DISTINCT = Aggregation.MIN, Aggregation.MAX, Aggregation.DISTINCT
COUNT, PERCENTAGE, RATIO = IndicatorKind.COUNT, IndicatorKind.PERCENTAGE, IndicatorKind.RATIO
SCALE = IndicatorKind.SCALE

FOUR_WORK_TYPES = ((40, 57), (20, 35), (13, 13), (10, 31))


def by(rule: Aggregation, kind: IndicatorKind = COUNT) -> Measure:
    return measure(aggregation=rule, kind=kind)


@pytest.mark.parametrize(
    ("rule", "expected"), [(SUM, 9), (LATEST, 2), (MEAN, 3), (MIN, 2), (MAX, 4), (DISTINCT, 3)]
)
def test_plain_values(rule: Aggregation, expected: int) -> None:
    entries = [entry("2016-01-10", 3), entry("2016-02-10", 4), entry("2016-03-10", 2)]
    found = value_of(by(rule), entries)
    assert found.value == expected
    if rule is not LATEST:
        assert found.used == tuple(entries)


def test_decimals_are_exact() -> None:
    found = value_of(by(SUM), [entry("2016-01-01", "0.1"), entry("2016-01-01", "0.2")])
    assert found.value == Fraction(3, 10)


@pytest.mark.parametrize("rule", [SUM, MEAN])
def test_ratios_add_numerators_and_denominators(rule: Aggregation) -> None:
    entries = [ratio("2016-05-01", a, b) for a, b in FOUR_WORK_TYPES]
    assert value_of(by(rule, RATIO), entries).value == Fraction(83, 136)
    found = value_of(by(rule, PERCENTAGE), entries)
    assert found.value is not None
    assert shown(found.value) == "61,03"
    wrong = sum((Fraction(a, b) for a, b in FOUR_WORK_TYPES), Fraction(0)) / 4
    assert percent(wrong, 2) == "64,89"
    assert found.codes == (codes.RULE_RATIO_SUM,)


def test_latest_ratio_parts_add_up() -> None:
    entries = [ratio("2016-05-01", a, b, f"w{b}") for a, b in FOUR_WORK_TYPES]
    found = value_of(by(LATEST, PERCENTAGE), entries)
    assert shown(found.value) == "61,03"
    assert found.codes == (codes.RULE_LATEST_PARTS,)


@pytest.mark.parametrize(("rule", "expected"), [(MIN, "32,26"), (MAX, "100,00")])
def test_extremes_of_ratios(rule: Aggregation, expected: str) -> None:
    entries = [ratio("2016-05-01", a, b) for a, b in FOUR_WORK_TYPES]
    assert shown(value_of(by(rule, PERCENTAGE), entries).value) == expected


@pytest.mark.parametrize("rule", [SUM, MEAN])
def test_plain_values_do_not_count_beside_ratios(rule: Aggregation) -> None:
    plain = entry("2016-05-02", 99)
    found = value_of(by(rule, PERCENTAGE), [ratio("2016-05-01", 1, 4), plain])
    assert found.value == 25
    assert found.left_out == ((plain, codes.PLAIN_BESIDE_RATIO),)


def test_percentages_without_denominators_are_not_added() -> None:
    entries = [entry("2016-05-01", 60), entry("2016-06-01", 70)]
    found = value_of(by(SUM, PERCENTAGE), entries)
    assert found.value is None
    assert {reason for _, reason in found.left_out} == {codes.PERCENTAGES_NOT_ADDED}
    assert value_of(by(SUM, PERCENTAGE), entries[:1]).value == 60
    assert value_of(by(MEAN, PERCENTAGE), entries).value == 65


def test_same_day_the_later_entry_wins() -> None:
    early, late = entry("2016-05-01", 1, order="01"), entry("2016-05-01", 2, order="02")
    for entries in ([early, late], [late, early]):
        found = value_of(by(LATEST), entries)
        assert row(found.value, found.used) == (2, (late,))
        assert found.left_out == ((early, codes.SUPERSEDED),)


def test_distinct_counts_a_key_once() -> None:
    visits = [entry("2016-02-01", 1, key=key) for key in ("A", "A", "A", "B")]
    assert value_of(by(DISTINCT), visits).value == 2
    assert value_of(by(SUM), visits).value == 4


def test_distinct_falls_back_on_the_qualifier_and_skips_zero() -> None:
    entries = [
        entry("2016-02-01", 1, qualifier="Gent"),
        entry("2016-02-01", 1, qualifier=" gent "),
        entry("2016-02-01", 1, key="gent"),
        entry("2016-02-01", 1),
        entry("2016-02-01", 1),
        entry("2016-02-01", 0, key="B"),
    ]
    assert value_of(by(DISTINCT), entries).value == 4
    assert value_of(by(DISTINCT), entries[-1:]).value == 0


class TestLatestByWorkType:
    def test_a_total_as_recent_as_its_parts_stands(self) -> None:
        part, whole = entry("2016-05-01", 57, work_type="v"), entry("2016-05-01", 136)
        found = value_of(by(LATEST), [whole, part])
        assert row(found.value, found.used) == (136, (whole,))
        assert found.left_out == ((part, codes.PART_OF_TOTAL),)

    def test_newer_parts_of_a_count_are_added(self) -> None:
        entries = [
            entry("2016-05-01", 100),
            entry("2016-05-02", 50, work_type="v"),
            entry("2016-06-02", 57, work_type="v"),
            entry("2016-05-03", 35, work_type="i"),
        ]
        found = value_of(by(LATEST), entries)
        assert found.value == 92
        assert found.used == (entries[2], entries[3]) or found.used == (entries[3], entries[2])
        assert {reason for _, reason in found.left_out} == {codes.SUPERSEDED}

    @pytest.mark.parametrize("kind", [PERCENTAGE, RATIO, SCALE])
    def test_scores_of_parts_cannot_be_added(self, kind: IndicatorKind) -> None:
        parts = [entry("2016-05-01", 3, work_type="v"), entry("2016-05-01", 4, work_type="i")]
        found = value_of(by(LATEST, kind), parts)
        assert found.value is None
        assert found.codes == (codes.PARTS_WITHOUT_TOTAL,)
        assert {reason for _, reason in found.left_out} == {codes.PARTS_WITHOUT_TOTAL}

    def test_then_an_older_total_stands(self) -> None:
        entries = [entry("2016-04-01", 80), entry("2016-05-01", 90, work_type="v")]
        found = value_of(by(LATEST, PERCENTAGE), entries)
        assert found.value == 80
        assert codes.OLDER_TOTAL in found.codes

    def test_ratios_win_from_plain_parts(self) -> None:
        entries = [ratio("2016-05-01", 1, 2, "v"), entry("2016-05-01", 90, work_type="i")]
        found = value_of(by(LATEST, PERCENTAGE), entries)
        assert found.value == 50
        assert found.left_out == ((entries[1], codes.PLAIN_BESIDE_RATIO),)

    def test_a_part_not_applicable_is_not_added(self) -> None:
        entries = [entry("2016-05-01", 5, work_type="v"), silent("2016-05-02", "i")]
        assert value_of(by(LATEST), entries).value == 5
        only = value_of(by(LATEST), [silent("2016-05-02", "i")])
        assert (only.value, only.not_applicable) == (None, True)


class TestZeroMissingNotApplicable:
    @pytest.mark.parametrize("rule", list(Aggregation))
    def test_three_different_things(self, rule: Aggregation) -> None:
        assert value_of(by(rule), [entry("2016-05-01", 0)]).value == 0
        missing = value_of(by(rule), [])
        assert (missing.value, missing.not_applicable) == (None, False)
        not_applicable = value_of(by(rule), [silent("2016-05-01")])
        assert (not_applicable.value, not_applicable.not_applicable) == (None, True)
        assert [reason for _, reason in not_applicable.left_out] == [codes.NOT_APPLICABLE]

    def test_latest_looks_at_the_last_word_the_others_at_all(self) -> None:
        entries = [entry("2016-05-01", 7), silent("2016-06-01")]
        assert value_of(by(LATEST), entries).not_applicable
        found = value_of(by(SUM), entries)
        assert row(found.value, found.not_applicable) == (7, False)

    @pytest.mark.parametrize("rule", list(Aggregation))
    def test_words_are_no_number(self, rule: Aggregation) -> None:
        found = value_of(by(rule), [words("2016-05-01")])
        assert (found.value, found.not_applicable) == (None, False)
        assert [reason for _, reason in found.left_out] == [codes.TEXT]


@pytest.mark.parametrize("rule", list(Aggregation))
def test_an_entry_without_its_number_is_left_out(rule: Aggregation) -> None:
    broken = [
        Entry(day("2016-01-01"), "1"),
        Entry(day("2016-01-01"), "2", EntryForm.RATIO),
        Entry(
            day("2016-01-01"), "3", EntryForm.RATIO, numerator=Fraction(1), denominator=Fraction(0)
        ),
    ]
    found = value_of(by(rule), broken)
    assert found.value is None
    assert {reason for _, reason in found.left_out} == {codes.INCOMPLETE}
