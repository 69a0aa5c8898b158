"""The overview: the whole plan judged, rolled up, covered, explained; and the demo it shows."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from socius_tui.domain.model import Status
from socius_tui.errors import FileProblem, NotFound, RuleBroken
from socius_tui.services.demo import build_demo
from socius_tui.services.detail import goal_detail, indicator_detail
from socius_tui.services.explain import explain
from socius_tui.services.log import changed_lately, find
from socius_tui.services.overview import coverage, plan_status, trend
from socius_tui.services.resolve import find_work_type
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart, create_database
from tests.hostile import HOSTILE


def test_the_demo_is_the_same_each_time(demo_file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    build_demo(again)

    def content(path: Path) -> list[str]:
        with Session(path) as session:
            return list(session.database.connection.iterdump())

    assert content(again) == content(demo_file)


def test_the_demo_never_replaces_a_file(demo_file: Path) -> None:
    with pytest.raises(FileProblem):
        build_demo(demo_file)


def test_every_status_occurs_in_the_demo(demo: Session) -> None:
    status = plan_status(demo)
    assert status.as_of == date(2018, 6, 30)
    assert {line.status for line in status.lines} == set(Status)
    assert all(number > 0 for _status, number in status.plan.counts)
    assert any(line.freshness == "stale" for line in status.lines)


def test_the_tree_is_whole_and_in_order(demo: Session) -> None:
    status = plan_status(demo)
    codes = [line.code for line in status.lines if line.level not in ("indicator", "action")]
    assert codes[:6] == ["socius-2016-2020", "SD1", "OD1.1", "OD1.2", "OD1.3", "OD1.4"]
    assert sum(line.level == "operational" for line in status.lines) == 15
    assert [line.code for line in status.children(status.plan.id)] == [
        *("SD1", "SD2", "SD3", "SD4", "BO1", "BO2")
    ]
    branch = status.branch(status.children(status.plan.id)[3].id)
    assert [x.code for x in branch if x.level == "operational"] == [f"OD4.{n}" for n in range(1, 5)]
    assert status.find("nothing") is None


def test_a_goal_stays_within_its_children(demo: Session) -> None:
    status = plan_status(demo)
    for goal in (line for line in status.lines if line.level != "indicator"):
        shares = [
            min(max(child.progress, Fraction(0)), Fraction(1))
            for child in status.children(goal.id)
            if child.progress is not None
        ]
        if goal.progress is not None and len(shares) == goal.with_data:
            assert min(shares) <= goal.progress <= max(shares)


def test_what_is_dated_later_does_not_exist(demo: Session) -> None:
    demo.set_as_of(date(2016, 6, 30))
    then = plan_status(demo)
    assert then.as_of == date(2016, 6, 30)
    last = [line.last_measurement for line in then.lines if line.last_measurement]
    assert max(last) <= date(2016, 6, 30)
    demo.set_as_of(date(2015, 12, 31))
    before = plan_status(demo)
    assert {line.status for line in before.lines} <= {Status.NOT_STARTED, Status.NO_DATA}


def test_the_trend_ends_where_the_overview_is(demo: Session) -> None:
    status, lines = plan_status(demo), trend(demo, points=5)
    for line in status.lines:
        assert len(lines[line.id]) == 5
        assert lines[line.id][-1] == line.progress


def test_coverage_adds_up_and_follows_the_window(demo: Session) -> None:
    for since, until in ((None, None), (date(2017, 1, 1), date(2017, 12, 31))):
        *parts, total = coverage(demo, since, until)
        assert sum(part.visited for part in parts) == total.visited
        assert sum(part.recognised for part in parts) == total.recognised == 136
        assert [part.recognised for part in parts] == [57, 35, 13, 31]
    assert coverage(demo, date(2019, 1, 1))[-1].visited == 0


def test_one_work_type_by_itself(demo: Session) -> None:
    whole = plan_status(demo).find("BO2-a")
    part = plan_status(demo, find_work_type(demo, "bewegingen").id).find("BO2-a")
    assert whole is not None
    assert part is not None
    assert 0 < (part.value or 0) < (whole.value or 0)


def test_every_number_explains_itself(demo: Session) -> None:
    for line in plan_status(demo).lines:
        explanation = explain(demo, line.id)
        assert line.title in explanation.title
        assert explanation.facts
        assert explanation.sentences
    with pytest.raises(NotFound):
        explain(demo, "nothing")


def test_an_explanation_shows_the_sum(demo: Session) -> None:
    explanation = explain(demo, "BO2-a")
    facts = dict(explanation.facts)
    assert facts["Target"].startswith("136")
    assert any("/ (136 - 0)" in step for step in explanation.steps)
    assert any("outside the period" in line for line in explanation.left_out)
    assert len(explanation.used) == 13


def test_a_detail_has_everything_behind_the_number(demo: Session) -> None:
    line = plan_status(demo).find("BO2-a")
    assert line is not None
    detail = indicator_detail(demo, line.id)
    assert (detail.line.value, detail.line.status) == (line.value, line.status)
    assert detail.visits
    values = [point.value for point in detail.chart.values]
    assert values == sorted(values)
    assert values[-1] == line.value
    with pytest.raises(NotFound):
        indicator_detail(demo, "nothing")
    with pytest.raises(NotFound):
        goal_detail(demo, "nothing")


def test_what_changed_lately(demo: Session) -> None:
    lately = changed_lately(demo)
    assert lately
    assert all(change.moment[:10] >= "2018-06-24" for change in lately)
    assert [c.moment for c in lately] == sorted((c.moment for c in lately), reverse=True)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("gedragen beroepskader", "goal"),
        ("OD1.1-a", "indicator"),
        ("vereniging 01", "organisation"),
    ],
)
def test_search_finds(demo: Session, typed: str, kind: str) -> None:
    assert find(demo, typed)[0].kind == kind


@pytest.mark.parametrize(
    "typed", ["", "%", "_", "a@b.be", "O'Brien", "name:x", *(h.text for h in HOSTILE)], ids=repr
)
def test_any_search_text_is_safe(demo: Session, typed: str) -> None:
    assert isinstance(find(demo, typed), list)


def test_what_another_program_wrote_is_found(demo: Session) -> None:
    import sqlite3

    other = sqlite3.connect(demo.path)
    other.execute("UPDATE goal SET summary = 'zeldzaamheid' WHERE code = 'OD1.1'")
    other.commit()
    other.close()
    with Session(demo.path) as again:
        assert [hit.title[:5] for hit in find(again, "zeldzaam")] == ["OD1.1"]


def test_an_empty_plan_can_be_begun(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    create_database(path, FirstStart(plan="empty", person="An"))
    with Session(path) as session:
        status = plan_status(session)
        assert [line.level for line in status.lines] == ["plan"]
        assert status.plan.status is Status.NO_DATA
        assert coverage(session)[-1].recognised == 0
        assert trend(session)[status.plan.id] == (None,) * 8


def test_a_file_without_a_plan_says_so(tmp_path: Path) -> None:
    from socius_tui.store.schema import new_database

    path = tmp_path / "bare.db"
    new_database(path)
    with Session(path) as session, pytest.raises(RuleBroken, match="no plan"):
        plan_status(session)


def test_nothing_is_left_when_making_a_file_fails(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[plan]\n")
    path = tmp_path / "new.db"
    with pytest.raises(Exception, match=r"plan\.toml"):
        create_database(path, FirstStart(plan=str(plan)))
    assert not path.exists()


def test_a_list_of_ones_own_takes_the_place_of_the_samples(tmp_path: Path) -> None:
    rows = tmp_path / "organisaties.csv"
    rows.write_text("code,name,work_type\nX-1,Eigen vereniging,verenigingen\n", "utf-8")
    path = tmp_path / "own.db"
    create_database(path, FirstStart(organisations=str(rows)))
    with Session(path) as session:
        assert coverage(session)[-1].recognised == 1
    rows.write_text("code,name,work_type\nX-1,Eigen vereniging,onbekend\n", "utf-8")
    with pytest.raises(RuleBroken, match="onbekend"):
        create_database(tmp_path / "bad.db", FirstStart(organisations=str(rows)))
    assert not (tmp_path / "bad.db").exists()


def test_only_what_was_entered_is_a_last_measurement(fresh: Session) -> None:
    assert plan_status(fresh).plan.last_measurement is None
