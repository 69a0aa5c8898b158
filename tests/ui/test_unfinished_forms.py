"""Forms that were not saved: kept while somebody types, offered again with everything as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from textual.events import Paste
from textual.widgets import Button

from socius_tui.domain.drafts import Draft, Typed
from socius_tui.domain.filters import VisitFilter
from socius_tui.services import drafting, log, register, resolve
from socius_tui.services.clock import FixedClock
from socius_tui.services.following import RetireFollowUp
from socius_tui.services.programme import action_list
from socius_tui.services.session import Session
from socius_tui.services.visiting import EditVisit, RetireVisit
from socius_tui.store import driver
from socius_tui.store.unit_of_work import Database
from socius_tui.ui import dialogs
from socius_tui.ui.dialogs import keeper
from socius_tui.ui.dialogs.action import ActionDialog
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.drafts import DraftsDialog
from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog, FollowUpDialog
from socius_tui.ui.dialogs.form import FormDialog, WriteForm, only
from socius_tui.ui.dialogs.handover import HandoverDialog, PersonDialog
from socius_tui.ui.dialogs.narrative import NarrativeDialog
from socius_tui.ui.dialogs.new_plan import NewPlanDialog
from socius_tui.ui.dialogs.periods import ClosePeriodDialog, ReopenPeriodDialog
from socius_tui.ui.dialogs.progress import ProgressDialog
from socius_tui.ui.dialogs.reopening import FORMS
from socius_tui.ui.dialogs.target import TargetDialog
from socius_tui.ui.dialogs.views import SaveViewDialog
from socius_tui.ui.dialogs.visit import CancelVisitDialog, VisitDialog
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.multi_choice_field import Chip, MultiChoiceField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import NoteField, TextField
from tests.hostile import HOSTILE
from tests.ui.driving import Driver, driving
from tests.ui.plans import NOW

STRANGE = "regel [red]x[/red] [@click=app.quit]é\U0001f642 "


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause before what is typed is kept: a test need not wait for one."""
    monkeypatch.setattr(keeper, "PAUSE", 0.0)


def as_first(path: Path, *, days: int = 0) -> Callable[[], Session]:
    """The file with the first of the staff at the keyboard, some days after the fixed one."""

    def open_it() -> Session:
        session = Session(path, clock=FixedClock(NOW + timedelta(days=days)))
        session.actor = register.staff(session)[0].id
        return session

    return open_it


def waiting(path: Path) -> list[Draft]:
    """What would be offered now, read by another connection."""
    with as_first(path)() as session:
        return drafting.waiting_drafts(session)


def form(driver: Driver) -> FormDialog[Any]:
    screen = driver.app.screen
    assert isinstance(screen, FormDialog), driver.text
    return screen


async def opened(driver: Driver, make: Make) -> FormDialog[Any]:
    made = await driver.app.session.ask(make)
    with driver.app._context():
        dialog = made()
    driver.app.push_screen(dialog)
    await driver.until(lambda: dialog.is_ready)
    return dialog


async def paste(driver: Driver, text: str) -> None:
    driver.app.post_message(Paste(text))
    await driver.settle()


def typed(dialog: FormDialog[Any]) -> dict[str, tuple[object, Typed]]:
    """What stands in every field."""
    return {f.field: (f.control.state(), f.control.keep()) for f in dialog.fields}


def fill(field: FormField, n: int) -> None:
    """Something in a field that differs from what stood there; messages follow as for keys."""
    control = field.widget
    if isinstance(control, OptionRow):
        control.action_step(1)
    elif isinstance(control, ChoiceField):
        assert control.finder is not None
        others = [c for c in control.finder.matches("") if c.id != control.value]
        if others and not control.typed.disabled:
            control.choose(others[n % len(others)])
    elif isinstance(control, MultiChoiceField) and not control.new:
        assert control.finder is not None
        found = control.finder.matches("")[n]
        control.add(Chip(found.id, found.code or found.label))
    elif isinstance(control, NoteField):
        control.insert(f"{STRANGE}{n}\ntweede regel\n\n")
    elif isinstance(control, MultiChoiceField):
        control.typed.insert_text_at_cursor(f"[b]een[/b] {n}, twee,")
    else:
        line = control if isinstance(control, TextField) else control.query_one(TextField)
        line.clear()
        dates = isinstance(control, DateField)
        line.insert_text_at_cursor(f"{n + 1}/3/2018" if dates else f"{n}.5" + STRANGE)


async def fill_all(driver: Driver, dialog: FormDialog[Any]) -> dict[str, tuple[object, Typed]]:
    for n, field in enumerate(dialog.fields):
        fill(field, n)
    await driver.settle()
    for field in dialog.fields:
        if isinstance(field.widget, MultiChoiceField):
            field.widget.typed.insert_text_at_cursor("half getyp")
    await driver.settle()
    return typed(dialog)


Made = Callable[[], FormDialog[Any]]
Make = Callable[[Session], Made]  # asked on the thread of the session, made on that of the screen


def visit_id(session: Session, status: str) -> str:
    return log.visit_log(session, VisitFilter(status=status), limit=1)[0].id


def new_visit(session: Session) -> Made:
    return partial(VisitDialog, resolve.named_organisations(session)[3].id)


def visit_edit(session: Session) -> Made:
    return partial(VisitDialog, visit_id=visit_id(session, "done"))


def visit_happened(session: Session) -> Made:
    return partial(VisitDialog, visit_id=visit_id(session, "planned"), complete=True)


def visit_cancel(session: Session) -> Made:
    found = log.visit(session, visit_id(session, "planned"))
    assert found is not None
    return partial(CancelVisitDialog, found)


def indicator(session: Session, code: str) -> str:
    return next(n.id for n in resolve.named_indicators(session) if n.code == code)


def new_value(session: Session) -> Made:
    return partial(ProgressDialog, indicator(session, "OD1.1-b"))


def value_edit(session: Session) -> Made:
    line = log.measurement_list(session, indicator(session, "OD1.1-b"))[0]
    return partial(ProgressDialog, measurement_id=line.id)


def new_promise(session: Session) -> Made:
    return partial(FollowUpDialog, Subject(visit_id=visit_id(session, "done")))


def promise_edit(session: Session) -> Made:
    return partial(FollowUpDialog, follow_up=log.follow_up_list(session)[0])


def promise_done(session: Session) -> Made:
    return partial(CloseFollowUpDialog, log.follow_up_list(session)[0])


def target(session: Session) -> Made:
    return partial(TargetDialog, indicator(session, "OD1.1-b"))


def story(session: Session) -> Made:
    return partial(NarrativeDialog, resolve.named_goals(session)[2].id)


def handover(session: Session) -> Made:
    return partial(HandoverDialog, resolve.named_work_types(session)[1].id)


def colleague(session: Session) -> Made:
    return PersonDialog


def period_to_close(session: Session) -> Made:
    return ClosePeriodDialog


def period_to_reopen(session: Session) -> Made:
    return ReopenPeriodDialog


def next_plan(session: Session) -> Made:
    return partial(NewPlanDialog, session.plan().id)


def view_to_save(session: Session) -> Made:
    return partial(SaveViewDialog, "visits", '{"status":"planned"}')


def new_action(session: Session) -> Made:
    return partial(ActionDialog, resolve.find_goal(session, "OD1.1").id, year="2018")


def action_edit(session: Session) -> Made:
    return partial(ActionDialog, action_id=action_list(session)[0].id)


FORMS_TO_FILL: tuple[Make, ...] = (
    new_visit,
    visit_edit,
    visit_happened,
    visit_cancel,
    new_value,
    value_edit,
    new_promise,
    promise_edit,
    promise_done,
    target,
    story,
    handover,
    colleague,
    period_to_close,
    period_to_reopen,
    next_plan,
    view_to_save,
    new_action,
    action_edit,
)


def _is_kept(path: Path, filled: dict[str, tuple[object, Typed]]) -> bool:
    return any(_same(draft, filled) for draft in waiting(path))


def _same(draft: Draft, filled: dict[str, tuple[object, Typed]]) -> bool:
    stored = {name: kept._replace(touched=True) for name, kept in draft.fields.items()}
    return stored == {name: kept._replace(touched=True) for name, (_s, kept) in filled.items()}


async def test_every_form_comes_back_with_everything_as_it_was(demo: Path) -> None:
    filled = {}
    async with driving(demo, open_session=as_first(demo)) as driver:
        for make in FORMS_TO_FILL:
            dialog = await opened(driver, make)
            filled[dialog.keeper.id] = what = await fill_all(driver, dialog)
            assert any(kept.text or kept.chosen for _state, kept in what.values())
            await driver.until(partial(_is_kept, demo, what))
            dialog.dismiss(None)  # as if the program ended: nothing is asked, nothing forgotten
            await driver.settle()
    assert len(waiting(demo)) == len(FORMS_TO_FILL)
    async with driving(demo, open_session=as_first(demo)) as driver:
        while filled:
            dialog = await resumed(driver)
            assert typed(dialog) == filled.pop(dialog.keeper.id), dialog
            assert dialog.changed
            assert driver.app.focused is not None
            await driver.press("escape", "right", "enter")
            await driver.until(lambda: not driver.app.screen.is_modal)
            await driver.press("ctrl+o")
    assert waiting(demo) == []


def test_every_form_that_writes_is_one_that_can_be_opened_again() -> None:
    for module in iter_modules(dialogs.__path__):
        import_module(f"{dialogs.__name__}.{module.name}")
    writing = {kind for kind in WriteForm.__subclasses__() if kind.__module__.startswith("socius")}
    assert {kind.FORM: kind.__name__ for kind in writing} == {
        form: name for form, (_module, name) in FORMS.items()
    }
    assert len(FORMS) == len(writing)


def test_every_form_has_its_words() -> None:
    for name in FORMS:
        assert drafting.form_word(Draft("x", name)) != name


# Kept, and when no longer


async def test_typing_is_kept_and_saving_ends_it(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("v")
        await driver.type("ORG3")
        await driver.press("enter")
        await driver.until(lambda: waiting(small))
        await driver.press("ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
        assert waiting(small) == []
    assert waiting(small) == []


async def test_a_form_that_was_only_opened_is_not_kept(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        for key in ("v", "p", "f"):
            await driver.press(key, "tab", "tab", "shift+tab")
            assert waiting(small) == []
            await driver.press("escape")
            assert not driver.app.screen.is_modal


async def test_what_is_erased_again_is_not_kept(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("v")
        await driver.type("OR")
        await driver.until(lambda: waiting(small))
        await driver.press("backspace", "backspace")
        await driver.until(lambda: not waiting(small))


async def test_thrown_away_after_asking_is_gone(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("f")
        await driver.type("bellen")
        await driver.until(lambda: waiting(small))
        await driver.press("escape")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("enter")  # go on typing
        assert waiting(small)
        await driver.press("escape", "right", "enter")
        await driver.until(lambda: not driver.app.screen.is_modal)
        assert waiting(small) == []


async def test_what_is_taken_out_takes_its_draft_along(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        dialog = await opened(driver, visit_edit)
        only(dialog, "summary").focus_control()
        await driver.type("toch niet")
        await driver.until(lambda: waiting(small))
        await driver.press("ctrl+r", "right", "enter")
        await driver.until(lambda: not driver.app.screen.is_modal)
        assert waiting(small) == []


async def test_somebody_who_never_pauses_is_kept_too(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 1e9)
    monkeypatch.setattr(keeper, "LONGEST", 0.0)
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("v")
        await driver.type("O")
        await driver.until(lambda: waiting(small))


async def test_leaving_a_field_is_a_pause(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 1e9)
    monkeypatch.setattr(keeper, "LONGEST", 1e9)
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("v")
        await driver.type("ORG")
        assert waiting(small) == []
        await driver.press("tab")
        await driver.until(lambda: waiting(small))
        assert waiting(small)[0].left in ("organisation_id", "visited_on")


async def test_a_filter_is_no_unfinished_form(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("3", "s")
        await driver.type("bel")
        await driver.press("tab")
        assert waiting(small) == []


# Offered


async def half_a_visit(path: Path, words: str = "half verslag") -> None:
    async with driving(path, open_session=as_first(path)) as driver:
        await driver.press("v")
        await driver.type("ORG3")
        await driver.press("enter")
        only(form(driver), "summary").focus_control()
        await paste(driver, words)
        await driver.until(lambda: any(d.fields["summary"].text == words for d in waiting(path)))


async def test_the_list_says_what_and_the_cursor_is_where_it_was(small: Path) -> None:
    await half_a_visit(small)
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        assert "ORG3" in driver.line("Visit")
        assert "Organisatie 3" in driver.line("Organisation ")
        assert "half verslag" in driver.line("Note")
        await driver.press("enter")
        await driver.until(lambda: form(driver).is_ready)
        await driver.type("!")
        assert only(form(driver), "summary").control.keep().text == "half verslag!"
        await driver.press("ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
    assert waiting(small) == []
    with as_first(small)() as session:
        newest = log.visit_log(session, VisitFilter(text="verslag"))
        assert [line.organisation for line in newest] == ["Organisatie 3"]


async def test_later_leaves_them_and_the_command_shows_them_again(small: Path) -> None:
    await half_a_visit(small)
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("escape")
        assert not driver.app.screen.is_modal
        await driver.press("ctrl+o")
        assert isinstance(driver.app.screen, DraftsDialog)
        await driver.press("enter")
        await driver.until(lambda: form(driver).is_ready)
    assert len(waiting(small)) == 1


async def test_the_command_says_when_there_are_none(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("ctrl+o")
        assert not driver.app.screen.is_modal
        assert "There are no unfinished forms." in driver.notices


async def test_delete_throws_away_after_asking(small: Path) -> None:
    await half_a_visit(small, "een")
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("delete", "escape")
        assert len(waiting(small)) == 1
        await driver.press("delete", "right", "enter")
        await driver.until(lambda: not driver.app.screen.is_modal)
    assert waiting(small) == []


async def test_nobody_who_types_already_is_interrupted(small: Path) -> None:
    await half_a_visit(small)
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("escape", "v")
        driver.app.offer_unfinished()
        await driver.until(lambda: any("1 unfinished form" in n for n in driver.notices))
        assert isinstance(driver.app.screen, VisitDialog)


async def test_a_form_that_is_open_here_is_not_offered_here(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.press("v")
        await driver.type("ORG3")
        await driver.until(lambda: waiting(small))
        driver.app.offer_unfinished(asked=True)
        await driver.until(lambda: "There are no unfinished forms." in driver.notices)


async def test_a_relative_date_stays_the_day_that_was_meant(small: Path) -> None:
    await half_a_visit(small)  # with "today"
    async with driving(small, open_session=as_first(small, days=3)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("enter")
        await driver.until(lambda: form(driver).is_ready)
        dialog = form(driver)
        assert isinstance(dialog, VisitDialog)
        assert dialog.day.value == date(2018, 6, 30)


# The world went on meanwhile


async def resumed(driver: Driver) -> FormDialog[Any]:
    await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
    await driver.press("enter")
    await driver.until(
        lambda: isinstance(driver.app.screen, FormDialog) and not form(driver).keeper.waits
    )
    return form(driver)


@contextmanager
def meanwhile(path: Path) -> Iterator[Session]:
    with as_first(path)() as session:
        yield session


async def half_a_correction(path: Path) -> str:
    async with driving(path, open_session=as_first(path)) as driver:
        dialog = await opened(driver, visit_edit)
        only(dialog, "private_note").focus_control()
        await driver.type("onder ons")
        await driver.until(
            lambda: any(d.fields["private_note"].text == "onder ons" for d in waiting(path))
        )
        return str(dialog.opened_with()["visit_id"])


async def test_a_correction_takes_over_what_another_changed_meanwhile(small: Path) -> None:
    identifier = await half_a_correction(small)
    with meanwhile(small) as session:
        session.write(EditVisit.of(visit_id=identifier, summary="door een ander"))
    async with driving(small, open_session=as_first(small)) as driver:
        dialog = await resumed(driver)
        assert only(dialog, "summary").control.keep().text == "door een ander"
        assert only(dialog, "private_note").control.keep().text == "onder ons"


async def test_a_record_that_was_taken_out_is_said_and_the_text_is_there(small: Path) -> None:
    identifier = await half_a_correction(small)
    with meanwhile(small) as session:
        session.write(RetireVisit.of(visit_id=identifier))
    async with driving(small, open_session=as_first(small)) as driver:
        dialog = await resumed(driver)
        assert "no longer exists" in dialog.said
        assert only(dialog, "private_note").control.keep().text == "onder ons"


async def test_a_promise_that_was_taken_out_is_said_and_stays_listed(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as driver:
        dialog = await opened(driver, promise_done)
        only(dialog, "outcome").focus_control()
        await driver.type("gebeld")
        await driver.until(
            lambda: any(d.fields["outcome"].text == "gebeld" for d in waiting(small))
        )
    with meanwhile(small) as session:
        promise = log.follow_up_list(session)[0].id
        session.write(RetireFollowUp.of(follow_up_id=promise))
    async with driving(small, open_session=as_first(small)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("enter")
        await driver.until(lambda: any("no longer exists" in n for n in driver.notices))
        assert isinstance(driver.app.screen, DraftsDialog)
        assert "gebeld" in driver.line("Outcome")


async def test_what_can_no_longer_be_chosen_or_has_no_field_is_said(small: Path) -> None:
    with meanwhile(small) as session:
        fields = {
            "organisation_id": Typed("Weg [b]vzw[/b]", (("gone", "Weg [b]vzw[/b]"),)),
            "goal_ids": Typed("", (("gone", "OD9.9"),)),
            "mode": Typed("telepathy"),
            "of_an_older_version": Typed("oude tekst"),
        }
        drafting.save_draft(session, Draft("d", "visit", {}, "", fields))
        drafting.save_draft(session, Draft("e", "of later", {}, "", {"note": Typed("tekst")}))
        drafting.save_draft(session, Draft("f", "target", {}, "", {"reason": Typed("waarom")}))
    async with driving(small, open_session=as_first(small), size=(100, 40)) as driver:
        await driver.until(lambda: isinstance(driver.app.screen, DraftsDialog))
        await driver.press("enter")  # f: of which it is not known what it was about
        await driver.until(lambda: any("no longer known" in n for n in driver.notices))
        await driver.press("down", "enter")
        await driver.until(lambda: any("does not have that form" in n for n in driver.notices))
        await driver.press("down", "down", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, VisitDialog))
        dialog = form(driver)
        await driver.until(lambda: not dialog.keeper.waits)
        assert "oude tekst" in dialog.said
        assert "Weg [b]vzw[/b]" in driver.line("No longer there")
        assert "OD9.9" in driver.text
        assert only(dialog, "organisation_id").control.keep().text == "Weg [b]vzw[/b]"


async def test_hostile_text_comes_back_as_it_was_typed(small: Path) -> None:
    texts = [hostile.text for hostile in HOSTILE]
    for start in range(0, len(texts), 70):
        async with driving(small, open_session=as_first(small)) as driver:
            if isinstance(driver.app.screen, DraftsDialog):
                await driver.press("delete", "right", "enter")
                await driver.until(lambda: not driver.app.screen.is_modal)
            await driver.press("v")
            dialog = form(driver)
            only(dialog, "summary").focus_control()
            await paste(driver, "\n".join(texts[start : start + 70]))
            only(dialog, "what").focus_control()
            await paste(driver, texts[start])
            before = typed(dialog)
            await driver.until(partial(_is_kept, small, before))
        async with driving(small, open_session=as_first(small)) as driver:
            after = typed(await resumed(driver))
            assert {n: kept for n, (_state, kept) in after.items()} == {
                n: kept for n, (_state, kept) in before.items()
            }


# A file that is locked by a third program


async def test_a_locked_file_keeps_the_form_and_saving_again_works(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(Database, "patience", 0.05)
    monkeypatch.setattr(drafting, "_PATIENCE", 0.01)
    monkeypatch.setattr(keeper, "LONGEST", 0.05)
    third = sqlite3.connect(small, isolation_level=None)
    async with driving(small, open_session=as_first(small)) as running:
        await running.press("v")
        await running.type("ORG3")
        await running.press("enter")
        third.execute("BEGIN EXCLUSIVE")
        only(form(running), "summary").focus_control()
        await running.type("verslag")
        await running.until(lambda: "is not kept yet" in form(running).said)
        form(running).query_one("#save", Button).press()
        await running.until(lambda: "in use by another program" in form(running).said)
        assert only(form(running), "summary").control.keep().text == "verslag"
        third.execute("COMMIT")
        await running.until(lambda: any(d.fields["summary"].text for d in waiting(small)))
        await running.press("ctrl+s")
        await running.until(lambda: not running.app.screen.is_modal)
        assert waiting(small) == []
        assert not [n for n in running.notices if "in use" in n]
    third.close()


async def test_a_new_colleague_above_a_form_leaves_that_form_kept(small: Path) -> None:
    async with driving(small, open_session=as_first(small)) as running:
        dialog = await opened(running, handover)
        await running.press("ctrl+n")
        await running.type("Nieuwe Collega")
        await running.until(lambda: waiting(small))
        await running.press("ctrl+s")
        await running.until(lambda: running.app.screen is dialog)
        await running.until(lambda: [d.form for d in waiting(small)] == ["handover"])
