"""The forms for progress, follow-ups, targets, stories, hand-over and the first start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.records import MeasurementLine
from socius_tui.errors import FileProblem
from socius_tui.services import log, register, resolve
from socius_tui.services.detail import goal_detail, indicator_detail
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart, create_database
from socius_tui.ui.dialogs.first_start import FirstStartDialog
from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog, FollowUpDialog
from socius_tui.ui.dialogs.form import FormDialog, only
from socius_tui.ui.dialogs.handover import HandoverDialog, PersonDialog
from socius_tui.ui.dialogs.narrative import NarrativeDialog
from socius_tui.ui.dialogs.progress import ProgressDialog
from socius_tui.ui.dialogs.target import TargetDialog
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.subject import Subject
from tests.ui.driving import Driver, driving

FormT = TypeVar("FormT")


def opening(path: Path) -> Callable[[], Session]:
    return lambda: Session(path)


def ids(path: Path, question: Callable[[Session], list[resolve.Named]]) -> dict[str, str]:
    """Code or name -> id."""
    with Session(path) as session:
        return {named.code or named.name: named.id for named in question(session)}


def indicators(path: Path) -> dict[str, str]:
    return ids(path, resolve.named_indicators)


def measurements(path: Path, indicator_id: str) -> list[MeasurementLine]:
    with Session(path) as session:
        return log.measurement_list(session, indicator_id)


async def opened(driver: Driver, make: Callable[[], FormT]) -> FormT:
    """A dialog above the screen, at rest."""
    with driver.app._context():
        dialog = make()
    assert isinstance(dialog, FormDialog)
    driver.app.push_screen(dialog)
    await driver.settle()
    return dialog


def complaint(driver: Driver, name: str) -> str:
    screen = driver.app.screen
    assert isinstance(screen, FormDialog)
    return only(screen, name).complaint


# Progress


async def test_progress_is_entered_by_keys_alone(demo: Path) -> None:
    code = "OD1.1-b"
    indicator = indicators(demo)[code]
    before = len(measurements(demo, indicator))
    async with driving(demo, open_session=opening(demo)) as driver:
        await driver.press("p")
        await driver.type(code.lower())
        await driver.press("enter")
        assert "last values" in driver.text
        assert "target" in driver.text
        await driver.type("40/57")
        assert "40 of 57 = 70.18%" in driver.line("Value")
        await driver.press("enter")
        await driver.type("29/6")
        await driver.press("enter", "enter", "enter")
        await driver.type("uit de enquête")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    after = measurements(demo, indicator)
    assert len(after) == before + 1
    assert (after[0].numerator, after[0].denominator) == ("40", "57")
    assert (after[0].observed_on, after[0].note) == (date(2018, 6, 29), "uit de enquête")


@pytest.mark.parametrize(
    ("typed", "echo", "form", "value"),
    [
        ("0", "0%", "value", "0"),
        ("86.5", "86.5%", "value", "86.5"),
        ("12%", "12%", "value", "12"),
        ("n.v.t.", "not applicable", "not_applicable", None),
        ("n/a", "not applicable", "not_applicable", None),
    ],
)
async def test_what_is_typed_is_understood_and_stored(
    typed: str, echo: str, form: str, value: str | None, demo: Path
) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: ProgressDialog(indicator))
        assert driver.app.focused is dialog.value.query_one("TextField")
        await driver.type(typed)
        assert echo in driver.line("Value")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    newest = max(measurements(demo, indicator), key=lambda line: line.recorded_at)
    assert (newest.form, newest.value) == (form, value)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "number is needed"),
        ("veel", "not a number"),
        ("nan", "not a number"),
        ("1e400", "not a number"),
        ("101", "between 0 and 100"),
        ("-1", "between 0 and 100"),
        ("3/0", "more than zero"),
        ("1.000,5", "not a number"),
    ],
)
async def test_a_wrong_value_is_refused_beside_the_field(
    typed: str, sentence: str, demo: Path
) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    before = len(measurements(demo, indicator))
    async with driving(demo, open_session=opening(demo)) as driver:
        await opened(driver, lambda: ProgressDialog(indicator))
        await driver.type(typed)
        await driver.press("ctrl+s")
        assert sentence in complaint(driver, "value")
    assert len(measurements(demo, indicator)) == before


async def test_a_computed_indicator_says_why_it_takes_no_value(demo: Path) -> None:
    with Session(demo) as session:
        computed = next(
            named.id
            for named in resolve.named_indicators(session)
            if indicator_detail(session, named.id).record.measure.computed is not None
        )
    async with driving(demo, open_session=opening(demo)) as driver:
        await opened(driver, lambda: ProgressDialog(computed))
        assert "counts by itself" in complaint(driver, "indicator_id")
        await driver.type("3")
        await driver.press("ctrl+s")
        assert "counts by itself" in complaint(driver, "indicator_id")
        assert isinstance(driver.app.screen, ProgressDialog)


async def test_the_only_indicator_of_a_goal_is_filled_in(demo: Path) -> None:
    goals = ids(demo, resolve.named_goals)
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: ProgressDialog(goal_id=goals["BO1.1"]))
        assert dialog.indicator.value == indicators(demo)["BO1.1-a"]


async def test_a_measurement_is_corrected_and_taken_out(demo: Path) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    old = measurements(demo, indicator)[0]
    before = len(measurements(demo, indicator))
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: ProgressDialog(measurement_id=old.id))
        assert dialog.value.text == f"{old.numerator}/{old.denominator}"
        dialog.value.fill("9/10")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        corrected = next(m for m in measurements(demo, indicator) if m.id == old.id)
        assert (corrected.numerator, corrected.denominator) == ("9", "10")
        await opened(driver, lambda: ProgressDialog(measurement_id=old.id))
        await driver.press("ctrl+r", "right", "enter")
        assert not driver.app.screen.is_modal
    assert len(measurements(demo, indicator)) == before - 1


# Follow-ups


async def test_a_follow_up_is_promised_corrected_closed_and_taken_out(demo: Path) -> None:
    goal = ids(demo, resolve.named_goals)["OD1.1"]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: FollowUpDialog(Subject(goal_id=goal)))
        await driver.type("Tekst nalezen")
        await driver.press("enter")
        await driver.type("+7")
        assert dialog.source.value == goal
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        with Session(demo) as session:
            made = next(f for f in log.follow_up_list(session) if f.what == "Tekst nalezen")
        assert made.due_on == date(2018, 7, 7)
        dialog = await opened(driver, lambda: FollowUpDialog(follow_up=made))
        dialog.what.fill("Tekst goed nalezen")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        closing = await opened(driver, lambda: CloseFollowUpDialog(made))
        closing.outcome.text = "Gelezen"
        closing.day.fill(date(2018, 7, 1))
        await driver.press("ctrl+s")
        assert "in the future" in complaint(driver, "done_on")
        closing.day.fill(date(2018, 6, 30))
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        with Session(demo) as session:
            done = goal_detail(session, goal).follow_ups
        found = next(f for f in done if f.id == made.id)
        assert (found.what, found.done_on) == ("Tekst goed nalezen", date(2018, 6, 30))
        await opened(driver, lambda: FollowUpDialog(follow_up=found))
        await driver.press("ctrl+r", "right", "enter")
        with Session(demo) as session:
            assert all(f.id != made.id for f in goal_detail(session, goal).follow_ups)


async def test_a_follow_up_needs_words_and_a_source(demo: Path) -> None:
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, FollowUpDialog)
        await driver.press("ctrl+s")
        assert "must not be empty" in complaint(driver, "what")
        assert "Choose one" in complaint(driver, "source")
        dialog.what.fill("Bellen")
        dialog.source.typed.value = "OD1.1-b"
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal


async def test_a_follow_up_on_an_organisation_comes_from_its_last_visit(demo: Path) -> None:
    with Session(demo) as session:
        last = log.visit_log(session, VisitFilter(status="done"), limit=1)[0]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(
            driver, lambda: FollowUpDialog(Subject(organisation_id=last.organisation_id))
        )
        assert dialog.source.value is not None
        assert last.organisation in dialog.source.typed.value


# Targets and stories


async def test_changing_a_target_needs_a_reason(demo: Path) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: TargetDialog(indicator_id=indicator))
        assert dialog.value.text == "40"
        dialog.value.fill("45")
        await driver.press("ctrl+s")
        assert "needs a reason" in complaint(driver, "reason")
        await driver.type("te laag ingeschat")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    with Session(demo) as session:
        detail = indicator_detail(session, indicator)
    assert any(t.value == 45 for t in detail.record.measure.targets)
    assert any(reason == "te laag ingeschat" for _s, _e, reason in detail.reasons)


async def test_a_target_that_ends_before_it_starts_is_refused(demo: Path) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: TargetDialog(indicator_id=indicator))
        dialog.end.fill(date(2017, 1, 1))
        dialog.reason.text = "zomaar"
        await driver.press("ctrl+s")
        assert "is before the start" in complaint(driver, "period_end")


async def test_a_story_is_written_and_gone_on_with(demo: Path) -> None:
    goal = ids(demo, resolve.named_goals)["SD4"]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: NarrativeDialog(goal_id=goal))
        dialog.happened.text = ""
        dialog.so_what.text = dialog.what_next.text = ""
        await driver.press("ctrl+s")
        assert "what happened" in complaint(driver, "what_happened")
        await driver.type("Veel gebeurd")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        again = await opened(driver, lambda: NarrativeDialog(goal_id=goal))
        assert again.happened.text == "Veel gebeurd"
    with Session(demo) as session:
        told = goal_detail(session, goal).narratives
    assert any(n.what_happened == "Veel gebeurd" for n in told)


# Staff


async def test_a_work_type_is_handed_over_to_a_new_colleague(demo: Path) -> None:
    with Session(demo) as session:
        work_type = register.work_types(session)[0]
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: HandoverDialog(work_type.id))
        assert work_type.contact_person in driver.text
        await driver.press("ctrl+n")
        assert driver.app.screen.query("#role")
        await driver.type("Zita Nieuw")
        await driver.press("ctrl+s")
        assert driver.app.screen is dialog
        assert dialog.person.typed.value == "Zita Nieuw"
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    with Session(demo) as session:
        assert register.work_types(session)[0].contact_person == "Zita Nieuw"


async def test_a_second_contact_person_from_the_same_day_is_refused(demo: Path) -> None:
    with Session(demo) as session:
        current = next(a for a in register.assignments(session) if a.ends_on is None)
        other = next(p for p in register.staff(session) if p.id != current.person_id)
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, lambda: HandoverDialog(current.work_type_id))
        dialog.person.fill(other.id)
        dialog.start.fill(current.starts_on)
        await driver.press("ctrl+s")
        assert "one contact person on any day" in complaint(driver, "starts_on")


async def test_a_colleague_needs_a_name_of_their_own(demo: Path) -> None:
    with Session(demo) as session:
        taken = register.staff(session)[0].name
    async with driving(demo, open_session=opening(demo)) as driver:
        dialog = await opened(driver, PersonDialog)
        await driver.press("ctrl+s")
        assert "must not be empty" in complaint(driver, "name")
        dialog.person.fill(taken)
        await driver.press("ctrl+s")
        assert "already somebody called" in complaint(driver, "name")


# The first start


async def test_the_first_start_makes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    def create(start: FirstStart) -> None:
        create_database(path, start)

    async with driving(path, open_session=lambda: Session(path), create=create) as driver:
        assert isinstance(driver.app.screen, FirstStartDialog)
        await driver.press("ctrl+s")
        assert "must not be empty" in complaint(driver, "person")
        await driver.type("Mia")
        await driver.press("enter", "right", "enter", "enter", "right", "ctrl+s")
        assert not driver.app.screen.is_modal
        assert "2016" in driver.text
    with Session(path) as session:
        assert [(p.name, p.role) for p in register.staff(session)] == [("Mia", "director")]
        assert len(resolve.named_organisations(session)) == 136


async def test_a_bad_plan_file_keeps_what_was_typed(tmp_path: Path) -> None:
    path, plan = tmp_path / "new.db", tmp_path / "plan.toml"
    plan.write_text("dit is geen plan")
    async with driving(
        path,
        open_session=lambda: Session(path),
        create=lambda start: create_database(path, start),
    ) as driver:
        await driver.type("Mia")
        await driver.press("enter", "enter", "left", "enter")
        dialog = driver.app.screen
        assert isinstance(dialog, FirstStartDialog)
        await driver.press("ctrl+s")
        assert "path" in complaint(driver, "path").lower()
        dialog.path.value = str(plan)
        await driver.press("ctrl+s")
        dialog = driver.app.screen
        assert isinstance(dialog, FirstStartDialog)
        assert complaint(driver, "path")
        assert (dialog.person.value, dialog.path.value) == ("Mia", str(plan))
        assert not path.exists()


async def test_a_file_that_cannot_be_made_keeps_what_was_typed(tmp_path: Path) -> None:
    def refuse(_start: FirstStart) -> None:
        raise FileProblem("Deze map is vol.", hint="Maak plaats.")

    async with driving(
        tmp_path / "new.db", open_session=lambda: Session(tmp_path / "new.db"), create=refuse
    ) as driver:
        await driver.type("Mia")
        await driver.press("ctrl+s")
        dialog = driver.app.screen
        assert isinstance(dialog, FirstStartDialog)
        assert dialog.said == "Deze map is vol. Maak plaats."
        assert dialog.person.value == "Mia"


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_every_form_is_drawn_at_every_size(size: tuple[int, int], demo: Path) -> None:
    indicator = indicators(demo)["OD1.1-b"]
    goal = ids(demo, resolve.named_goals)["OD1.1"]
    with Session(demo) as session:
        follow_up = log.follow_up_list(session)[0]
    makers: tuple[Callable[[], FormDialog[Any]], ...] = (
        lambda: ProgressDialog(indicator),
        lambda: FollowUpDialog(Subject(goal_id=goal)),
        lambda: CloseFollowUpDialog(follow_up),
        lambda: TargetDialog(indicator),
        lambda: NarrativeDialog(goal),
        lambda: HandoverDialog(),
        lambda: FirstStartDialog(),
    )
    async with driving(demo, open_session=opening(demo), size=size) as driver:
        for make in makers:
            dialog = await opened(driver, make)
            box = dialog.query_one("#form")
            assert box.region.width <= size[0]
            if size[0] >= 80:
                assert box.max_scroll_y == 0, dialog
            await driver.press("escape")
            assert not driver.app.screen.is_modal


async def test_enter_on_a_measurement_corrects_it(demo: Path) -> None:
    async with driving(demo, open_session=opening(demo)) as driver:
        driver.app.post_message(OpenGoal(indicators(demo)["OD1.1-b"]))
        await driver.settle()
        await driver.press("m", "enter")
        form = driver.app.screen
        assert isinstance(form, ProgressDialog)
        assert form.title_text() == "Correct a measurement"
        assert form.value.text
