"""The form for a visit: keys only, refused in sentences, and no typed text is ever lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.events import Paste

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.records import VisitDetail
from socius_tui.services import log, register, resolve
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.form import FormDialog, only
from socius_tui.ui.dialogs.visit import CancelVisitDialog, VisitDialog
from socius_tui.ui.widgets.text_field import TextField
from tests.hostile import HOSTILE
from tests.torture import times
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def as_anna(path: Path) -> Callable[[], Session]:
    """The file, with Anna at the keyboard."""

    def open_it() -> Session:
        session = opener(path)()
        session.actor = register.staff(session)[0].id
        return session

    return open_it


def latest(path: Path) -> VisitDetail:
    """The visit that was logged during the test, or the newest one that was there."""
    with opener(path)() as session:
        lines = log.visit_log(session, VisitFilter())
        new = [line for line in lines if not line.summary.startswith("Gesprek over cijfers")]
        found = log.visit(session, (new or lines)[0].id)
        assert found is not None
        return found


def visits(path: Path) -> int:
    with opener(path)() as session:
        return log.count_visits(session, VisitFilter())


def form(driver: Driver) -> VisitDialog:
    screen = driver.app.screen
    assert isinstance(screen, VisitDialog)
    return screen


def complaint(driver: Driver, name: str) -> str:
    screen = driver.app.screen
    assert isinstance(screen, FormDialog)
    return only(screen, name).complaint


async def test_a_visit_is_logged_by_keys_alone(small: Path) -> None:
    before = visits(small)
    async with driving(small, open_session=as_anna(small)) as driver:
        await driver.press("v")
        await driver.type("isatie 4")
        await driver.press("enter")
        await driver.type("-2")
        assert "Thu 28 June 2018" in driver.line("Date")
        await driver.press("enter", "enter")  # past the visitor, who is at the keyboard
        await driver.press("enter", "right", "enter")  # done; online
        await driver.type("od1.2")
        await driver.press("enter")
        await driver.type("od2.1")
        await driver.press("enter", "enter")
        await driver.type("impact tonen")
        await driver.press("enter", "enter")
        await driver.type("Jan, Piet")
        await driver.press("enter", "enter")
        await driver.type("Goed gesprek")
        await driver.press("tab")
        await driver.type("onder ons")
        await driver.press("tab")
        await driver.type("cijfers sturen")
        await driver.press("enter")
        await driver.type("morgen")
        assert "Sun 1 July 2018" in driver.line("due")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        assert any("Organisatie 4" in notice for notice in driver.notices)
    assert visits(small) == before + 1
    found = latest(small)
    assert (found.line.organisation, found.line.visited_on) == ("Organisatie 4", date(2018, 6, 28))
    assert (found.line.status, found.line.mode) == ("done", "online")
    assert found.line.visitor.strip() == "Anna"
    assert set(found.line.goals) == {"OD1.2", "OD2.1"}
    assert found.line.needs == ("impact tonen",)
    assert found.met == ("Jan", "Piet")
    assert found.line.summary == "Goed gesprek"
    assert found.private_note == "onder ons"
    (promise,) = found.follow_ups
    assert (promise.what, promise.due_on) == ("cijfers sturen", date(2018, 7, 1))
    assert promise.owner.strip() == "Anna"


async def test_the_least_is_a_name_and_save(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("ORG3")
        await driver.press("enter", "ctrl+s")
        assert not driver.app.screen.is_modal
    found = latest(small)
    assert (found.line.organisation, found.line.visited_on) == ("Organisatie 3", date(2018, 6, 30))


async def test_typing_may_begin_before_the_lists_are_there(small: Path) -> None:
    """Keys that come faster than the disk are not lost, nor is a save."""
    async with driving(small) as driver:
        await driver.pilot.press("v", *"ORG5", "ctrl+s")
        await driver.settle()
        assert not driver.app.screen.is_modal
    assert latest(small).line.organisation == "Organisatie 5"


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("ORG2", "Organisatie 2"),
        ("organisatie 2", "Organisatie 2"),
        ("ÓRGANISATIE 2", "Organisatie 2"),
    ],
)
async def test_an_organisation_is_found_by_code_or_name(
    typed: str, chosen: str, small: Path
) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        form(driver).organisation.typed.value = typed
        await driver.settle()
        await driver.press("enter")
        assert form(driver).organisation.chosen is not None
        assert chosen in driver.line("Organisation")


async def test_arrows_choose_another_suggestion(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("organisatie")
        await driver.press("down", "down", "up", "enter")
        assert "Organisatie 1" in driver.line("Organisation")


async def test_a_suggestion_can_be_clicked(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("organisatie")
        suggestions = form(driver).organisation.suggestions
        await driver.pilot.click(suggestions, offset=(4, 2))
        await driver.settle()
        assert "Organisatie 2" in driver.line("Organisation")


async def test_an_ambiguous_or_unknown_name_is_refused_with_what_is_near(small: Path) -> None:
    before = visits(small)
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("organisatie")
        await driver.press("tab", "ctrl+s")
        assert "can be several" in complaint(driver, "organisation_id")
        form(driver).organisation.typed.value = "Organisatie 77"
        await driver.press("ctrl+s")
        said = complaint(driver, "organisation_id")
        assert "Organisatie 77" in said
        assert "Organisatie 1" in said
        form(driver).organisation.typed.value = ""
        await driver.press("ctrl+s")
        assert "Choose one" in complaint(driver, "organisation_id")
        assert visits(small) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/2", "no day 31"),
        ("14/13/2018", "no month 13"),
        ("gisterenavond", "not a date"),
        ("14/3/18", "four digits"),
        ("", "A date is needed"),
        ("2015-12-31", "outside the plan"),
        ("2018-07-01", "in the future"),
        ("2021-01-01", "outside the plan"),
    ],
)
async def test_a_wrong_date_is_refused_beside_the_field(
    typed: str, sentence: str, small: Path
) -> None:
    before = visits(small)
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        await driver.press("backspace")
        await driver.type(typed)
        await driver.press("ctrl+s")
        assert sentence in complaint(driver, "visited_on")
        assert driver.app.focused is form(driver).day.query_one(TextField)
        assert visits(small) == before
        form(driver).day.fill(date(2018, 6, 1))
        await driver.settle()
        assert complaint(driver, "visited_on") == ""
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    assert latest(small).line.visited_on == date(2018, 6, 1)


async def test_a_date_is_echoed_while_it_is_typed(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v", "tab")
        for typed, echo in (
            ("2016-03-14", "Mon 14 March 2016"),
            ("14/3", "Wed 14 March 2018"),
            ("gisteren", "Fri 29 June 2018"),
            ("-2", "Thu 28 June 2018"),
        ):
            form(driver).day.query_one(TextField).clear()
            await driver.type(typed)
            assert echo in driver.line("Date")


async def test_a_planned_visit_may_lie_ahead(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        await driver.type("+10")
        await driver.press("enter", "enter", "p", "ctrl+s")
        assert not driver.app.screen.is_modal
    found = latest(small)
    assert (found.line.status, found.line.visited_on) == ("planned", date(2018, 7, 10))


async def test_escape_asks_before_text_is_thrown_away(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v", "escape")
        assert not driver.app.screen.is_modal, "nothing was typed, nothing is asked"
        await driver.press("v")
        await driver.type("org")
        await driver.press("escape")
        assert isinstance(driver.app.screen, VisitDialog), "the first closes the suggestions"
        await driver.press("escape")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("escape")
        assert form(driver).organisation.typed.value == "org"
        await driver.press("escape", "enter")  # the harmless answer has the focus
        assert form(driver).organisation.typed.value == "org"
        await driver.press("escape", "right", "enter")
        assert not driver.app.screen.is_modal
        await driver.press("v")
        await driver.type("org")
        await driver.pilot.click("#close")
        await driver.settle()
        await driver.pilot.click("#discard")
        await driver.settle()
        assert not driver.app.screen.is_modal


@pytest.mark.parametrize("field", ["needs", "met", "summary", "private", "what", "day", "goals"])
async def test_text_in_any_field_counts_as_changed(field: str, small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        widget = driver.app.screen.query_one(f"#{field}")
        next(iter(widget.query("TextField")), widget).focus()
        await driver.type("x")
        await driver.press("escape")
        if isinstance(driver.app.screen, VisitDialog):
            await driver.press("escape")  # the first closed the suggestions
        assert isinstance(driver.app.screen, ConfirmDialog)


async def test_a_busy_file_keeps_the_text(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(small, open_session=impatient(small)) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        form(driver).summary.text = "Een lang verhaal"
        other = sqlite3.connect(small, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            await driver.press("ctrl+s")
            assert form(driver).said
            assert form(driver).said in driver.text.replace("\n", " ") or form(driver).said[:30]
            assert form(driver).summary.text == "Een lang verhaal"
        finally:
            other.execute("ROLLBACK")
            other.close()
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    assert latest(small).line.summary == "Een lang verhaal"


def impatient(path: Path) -> Callable[[], Session]:
    """The file, opened by somebody who does not wait five seconds for a lock."""

    def open_it() -> Session:
        session = opener(path)()
        session.database.patience = 0.02
        return session

    return open_it


def full_disk(path: Path) -> Callable[[], Session]:
    """The file, which may not grow any more."""

    def open_it() -> Session:
        session = opener(path)()

        def no_more(connection: sqlite3.Connection) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        session.read(no_more)
        return session

    return open_it


async def test_a_full_disk_keeps_the_text(small: Path) -> None:
    before = visits(small)
    story = "Een heel lang verhaal. " * 800
    async with driving(small, open_session=full_disk(small)) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        form(driver).summary.text = story
        await driver.press("ctrl+s")
        assert form(driver).said
        assert form(driver).summary.text == story
    assert visits(small) == before


async def test_a_read_only_file_says_so_at_once(small: Path) -> None:
    def read_only() -> Session:
        session = opener(small)()
        session.database.read_only = True  # as it is found for who may not write
        return session

    async with driving(small, open_session=read_only) as driver:
        await driver.press("v")
        assert "can only be read" in form(driver).said
        await driver.type("ORG1")
        await driver.press("enter", "ctrl+s")
        assert "nothing was changed" in form(driver).said
        assert form(driver).organisation.value is not None


async def test_a_follow_up_without_words_is_refused(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        form(driver).due.fill(date(2018, 7, 7))
        await driver.press("ctrl+s")
        assert "not what was promised" in complaint(driver, "what")


async def test_quitting_asks_too(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("org")
        await driver.press("ctrl+q")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("escape")
        assert form(driver).organisation.typed.value == "org"


async def test_chips_are_taken_out_by_backspace_or_a_click(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        goals = form(driver).goals
        goals.typed.focus()
        for code in ("od1.1", "od1.2", "sd2"):
            await driver.type(code)
            await driver.press("enter")
        assert "OD1.1" in driver.line("Goals")
        assert [chip.label for chip in goals.chips] == ["OD1.1", "OD1.2", "SD2"]
        await driver.press("backspace")
        assert [chip.label for chip in goals.chips] == ["OD1.1", "OD1.2"]
        await driver.pilot.click(goals.query("Chips").first(), offset=(2, 0))
        await driver.settle()
        assert [chip.label for chip in goals.chips] == ["OD1.2"]
        await driver.type("od1.2")
        await driver.press("enter")
        assert [chip.label for chip in goals.chips] == ["OD1.2"], "twice the same is once"


async def test_a_need_heard_before_is_suggested_and_spelled_the_same(demo: Path) -> None:
    with Session(demo) as session:
        tag = log.need_tags(session)[0][0]
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        await driver.press("v")
        needs = form(driver).needs
        needs.typed.focus()
        await driver.type(tag[:4].lower())
        assert needs.suggestions.is_open
        await driver.press("down", "up", "enter")
        assert needs.value[0] in [choice for choice, _n in _tags(demo)]
        needs.fill(())
        needs.typed.value = tag.upper()
        await driver.press("enter")
        assert needs.value == (tag,)


def _tags(path: Path) -> list[tuple[str, int]]:
    with Session(path) as session:
        return log.need_tags(session)


async def test_the_organisation_with_the_cursor_is_filled_in(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("4", "down", "v")
        assert "Organisatie 1" in driver.line("Organisation")
        assert driver.app.focused is form(driver).day.query_one(TextField)
        await driver.press("ctrl+s")
    assert latest(small).line.organisation == "Organisatie 1"


async def test_a_visit_is_corrected(small: Path) -> None:
    old = latest(small)
    async with driving(small) as driver:
        driver.app.push_screen(VisitDialog(visit_id=old.line.id))
        await driver.settle()
        assert old.line.organisation in driver.text
        assert form(driver).summary.text == old.line.summary
        await driver.press("escape")
        assert not driver.app.screen.is_modal, "nothing was changed, nothing is asked"
        driver.app.push_screen(VisitDialog(visit_id=old.line.id))
        await driver.settle()
        form(driver).summary.text = "Anders"
        form(driver).goals.fill(())
        form(driver).mode.value = "phone"
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    new = latest(small)
    assert (new.line.summary, new.line.mode, new.goal_ids) == ("Anders", "phone", ())
    assert new.line.visited_on == old.line.visited_on


async def test_a_visit_is_taken_out_after_asking(small: Path) -> None:
    before, old = visits(small), latest(small)
    async with driving(small) as driver:
        driver.app.push_screen(VisitDialog(visit_id=old.line.id))
        await driver.settle()
        await driver.press("ctrl+r", "escape")
        assert visits(small) == before
        await driver.press("ctrl+r", "right", "enter")
        assert not driver.app.screen.is_modal
    assert visits(small) == before - 1


async def test_a_planned_visit_takes_place_or_not(demo: Path) -> None:
    planned = VisitFilter(status="planned")
    with Session(demo) as session:
        first, second = log.visit_log(session, planned, limit=2)
        detail = log.visit(session, second.id)
        assert detail is not None
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        driver.app.push_screen(VisitDialog(visit_id=first.id, complete=True))
        await driver.settle()
        await driver.press("ctrl+s")
        assert "in the future" in complaint(driver, "visited_on")
        form(driver).day.fill(date(2018, 6, 29))
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
        driver.app.push_screen(CancelVisitDialog(detail))
        await driver.settle()
        await driver.type("ziek")
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    with Session(demo) as session:
        done, cancelled = log.visit(session, first.id), log.visit(session, second.id)
    assert done is not None
    assert (done.line.status, done.line.visited_on) == ("done", date(2018, 6, 29))
    assert cancelled is not None
    assert cancelled.line.status == "cancelled"
    assert cancelled.line.summary.endswith("ziek")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_the_whole_form_is_in_sight_or_scrolls(size: tuple[int, int], small: Path) -> None:
    async with driving(small, size=size) as driver:
        await driver.press("v")
        box = form(driver).query_one("#form")
        assert box.size.width <= size[0]
        if size[0] >= 80:
            assert box.max_scroll_y == 0, "one screenful"
            for label in ("Organisation", "Date", "Goals", "Private note", "Follow-up", "Save"):
                assert label in driver.text
        for _field in range(20):
            await driver.press("tab")
            focused = driver.app.focused
            assert focused is not None
            assert focused.region.height > 0
            assert focused.region.intersection(box.region).area > 0


# Every twentieth: the fields are one class, and its rules are tried with the whole table elsewhere.
@pytest.mark.parametrize("part", range(2))
async def test_any_text_in_any_field_is_taken_or_refused(part: int, small: Path) -> None:
    with opener(small)() as session:
        organisation = resolve.find_organisation(session, "ORG1").id
    async with driving(small) as driver:
        for hostile in HOSTILE[part * times(20, 1) :: times(40, 2)]:
            await driver.press("v")
            screen = form(driver)
            screen.organisation.fill(organisation)
            notes = (screen.summary, screen.private)
            fields = (
                screen.organisation.typed,
                screen.goals.typed,
                screen.day.query_one(TextField),
            )
            for field in (*fields, screen.needs.typed, screen.met.typed, screen.what, *notes):
                field.post_message(Paste(hostile.text))
            await driver.settle()
            assert not steering(driver.text), hostile.name
            screen.organisation.fill(organisation)
            screen.goals.typed.value = ""
            screen.day.fill(date(2018, 6, 1))
            await driver.press("ctrl+s")
            if driver.app.screen is screen:
                assert any(field.complaint for field in screen.fields), (hostile.name, screen.said)
                assert not steering(driver.text), hostile.name
                await driver.press("escape")
                if isinstance(driver.app.screen, VisitDialog):
                    await driver.press("escape")
                await driver.press("right", "enter")
            elif hostile.refused_by is None:
                assert hostile.stored in summaries(small), hostile.name


def summaries(path: Path) -> list[str]:
    with opener(path)() as session:
        return [line.summary for line in log.visit_log(session, VisitFilter())]


def steering(drawn: str) -> list[str]:
    """What would steer a terminal in what was drawn."""
    return [
        repr(c)
        for c in drawn
        if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2067\u200b\ufeff"
    ]


async def test_controls_in_a_paste_are_left_out_and_that_is_said(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        screen = form(driver)
        screen.what.focus()
        screen.what.post_message(Paste("bel \x1b[31mJan\x07 terug\nen Piet"))
        await driver.settle()
        assert screen.what.value == "bel [31mJan terug en Piet"
        assert "2 control or unseen characters were left out." in driver.text
        screen.what.value = ""
        screen.summary.focus()
        await driver.settle()
        driver.app.post_message(Paste("een\x1b[2J\ntwee\x00 en drie\u202e"))
        await driver.settle()
        assert screen.summary.text == "een[2J\ntwee en drie"
        assert "3 control or unseen characters were left out." in driver.text


async def test_long_notes_fit_and_longer_ones_are_refused(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v")
        await driver.type("ORG1")
        await driver.press("enter")
        form(driver).summary.text = "x" * 20_001
        await driver.press("ctrl+s")
        assert "at most 20000" in complaint(driver, "summary").replace(",", "").replace(".", "")
        form(driver).summary.text = "x" * 19_000
        await driver.settle()
        assert "19000 of at most 20000 characters." in driver.text
        form(driver).summary.text = "x" * 10_000
        await driver.settle()
        assert "characters" not in driver.text
        await driver.press("ctrl+s")
        assert not driver.app.screen.is_modal
    assert len(latest(small).line.summary) == 10_000


async def test_a_file_without_a_plan_says_so_and_stays_open(planless: Path) -> None:
    async with driving(planless) as driver:
        driver.app.push_screen(VisitDialog())
        await driver.settle()
        assert "no plan" in form(driver).said
        await driver.press("ctrl+s")
        assert "no plan" in form(driver).said
        await driver.press("escape")
        assert not driver.app.screen.is_modal


async def test_names_are_looked_up_once(small: Path) -> None:
    """Typing asks nothing of the file."""
    with opener(small)() as session:
        assert len(resolve.named_organisations(session)) == 6
    async with driving(small) as driver:
        await driver.press("v")
        small.rename(small.with_suffix(".away"))
        await driver.type("organisatie 2")
        assert "Organisatie 2" in driver.text
