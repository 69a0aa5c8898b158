"""How much of the sector was visited."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.coverage import FIXED, RECOGNISED, coverage
from socius_tui.domain.model import Period
from tests.domain.building import MID_2016, percent, year

SIZES = {"verenigingen": 57, "vormingsinstellingen": 35, "vormingplus": 13, "bewegingen": 31}
VISITED = {"verenigingen": 40, "vormingsinstellingen": 20, "vormingplus": 13, "bewegingen": 10}
Organisation = tuple[str, str, date | None, date | None]

SECTOR: list[Organisation] = [
    (f"{work_type}-{n}", work_type, None, None)
    for work_type, size in SIZES.items()
    for n in range(size)
]
VISITS = [
    (f"{work_type}-{n}", date(2016, 5, 1))
    for work_type, size in VISITED.items()
    for n in range(size)
]
Y2016 = year(2016)
END = Y2016.end


def test_by_work_type_and_in_total() -> None:
    found = coverage(SECTOR, VISITS, Y2016, END)
    assert found.total == (83, 136)
    assert percent(found.total.share, 2) == "61,03"
    assert [percent(s.share, 2) for s in found.by_work_type.values()] == [
        "70,18",
        "57,14",
        "100,00",
        "32,26",
    ]
    assert found.policy == RECOGNISED


def test_an_organisation_counts_once() -> None:
    visits = [("vormingplus-1", date(2016, 5, n)) for n in (1, 2, 3)] + [
        ("vormingplus-2", date(2016, 5, 1))
    ]
    assert coverage(SECTOR, visits, Y2016, END).total.visited == 2


def test_only_visits_in_the_window_up_to_the_day() -> None:
    visits = [
        ("bewegingen-1", date(2015, 12, 31)),
        ("bewegingen-2", date(2016, 6, 30)),
        ("bewegingen-3", date(2016, 7, 1)),
        ("bewegingen-4", date(2017, 1, 1)),
        ("somebody else", date(2016, 5, 1)),
    ]
    assert coverage(SECTOR, visits, Y2016, MID_2016).total.visited == 1
    assert coverage(SECTOR, visits, Y2016, END).total.visited == 2


def test_who_loses_its_recognition_leaves_both_numbers() -> None:
    leaving = [(o, w, None, MID_2016 if o == "bewegingen-0" else None) for o, w, _, _ in SECTOR]
    assert coverage(leaving, VISITS, Y2016, MID_2016).total == (83, 136)
    assert coverage(leaving, VISITS, Y2016, END).total == (82, 135)


def test_who_is_recognised_later_is_not_there_yet() -> None:
    coming = [*SECTOR, ("new", "bewegingen", date(2016, 7, 1), None)]
    assert coverage(coming, VISITS, Y2016, MID_2016).total.denominator == 136
    assert coverage(coming, VISITS, Y2016, END).total.denominator == 137


def test_a_fixed_denominator() -> None:
    found = coverage(SECTOR[:100], VISITS, Y2016, END, 136, {"bewegingen": 31})
    assert (found.total.denominator, found.policy) == (136, FIXED)
    assert found.by_work_type["bewegingen"] == (0, 31)
    assert found.by_work_type["verenigingen"] == (40, 57)


def test_nobody_to_visit() -> None:
    found = coverage([], VISITS, Y2016, END)
    assert (found.total.share, found.by_work_type) == (None, {})


def test_the_ambition_of_the_survey() -> None:
    """A quarter of the recognised organisations was the aim: 33 of 136, with checks 37."""
    for number, share in ((33, "24,26"), (37, "27,21")):
        visits = [(o[0], date(2016, 5, 1)) for o in SECTOR[:number]]
        assert percent(coverage(SECTOR, visits, Y2016, END).total.share, 2) == share


DATES = st.dates(date(2015, 6, 1), date(2017, 6, 1))
ORGANISATIONS = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.sampled_from(["v", "w"]),
        st.none() | DATES,
        st.none() | DATES,
    ),
    unique_by=lambda o: o[0],
)


@given(
    ORGANISATIONS, st.lists(st.tuples(st.sampled_from("abcdefghij"), DATES)), DATES, DATES, DATES
)
def test_the_parts_add_up_to_the_total(
    organisations: list[Organisation],
    visits: list[tuple[str, date]],
    one: date,
    other: date,
    as_of: date,
) -> None:
    window = Period(min(one, other), max(one, other))
    found = coverage(organisations, visits, window, as_of)
    assert sum(s.visited for s in found.by_work_type.values()) == found.total.visited
    assert sum(s.denominator for s in found.by_work_type.values()) == found.total.denominator
    assert found.total.visited <= found.total.denominator
