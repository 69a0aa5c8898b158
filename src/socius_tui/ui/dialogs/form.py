"""What every form does: fields, errors beside them, saving, and asking before text is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from socius_tui.domain.changes import ChangeSet
from socius_tui.errors import BadFile, InvalidInput, PeriodClosed, RuleBroken, SociusError
from socius_tui.i18n import _
from socius_tui.services.looking import View, view
from socius_tui.services.session import Operation, Session, looking_back
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.forms import FORM
from socius_tui.ui.commands.looks import JUMP
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.keeper import DraftKeeper, Kept
from socius_tui.ui.host import host
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.work import start

P = ParamSpec("P")
T = TypeVar("T")
ResultT = TypeVar("ResultT")

_PLACES = 3
SLOW_SECONDS = 0.4  # before a form says that it is saving; most writes take 2 ms


class FormDialog(Kept, ModalScreen[ResultT | None], Generic[ResultT]):
    """A form. It gives `title`, `body`, `load` and `submit`; closing it gives None.

    What cannot be done stays in the form, with the sentence beside the field that it is
    about, or on the last line when it is about none.
    """

    DOES: ClassVar[tuple[Command, ...]] = FORM
    BINDINGS = bindings(*FORM, JUMP)
    HORIZONTAL_BREAKPOINTS = [(0, "-tight"), (76, "-roomy")]  # noqa: RUF012 (Textual's own)
    #: Whether it changes what is in the file: then it cannot be saved while looking back.
    WRITES: ClassVar[bool] = False
    #: Names in the use case that stand for another field of the form.
    ALIASES: ClassVar[dict[str, str]] = {}
    DEFAULT_CSS = """
    FormDialog {
        align: center middle; background: $background 60%;
        & > #form {
            width: 100%; max-width: 100; height: auto; max-height: 100%;
            border: round $border; border-title-color: $foreground; border-title-style: bold;
            border-subtitle-color: $quiet; background: $surface; padding: 0 1;
        }
        & #context { height: auto; color: $quiet; display: none; }
        & #general { height: auto; display: none; color: $error; text-style: bold; padding: 0 1; }
        & #general.-shown { display: block; }
        &.-tight FieldRow { layout: vertical; }
        &.-tight FieldRow .label.short { width: 16; padding: 0 1 0 0; }
        & #buttons { height: 1; margin: 0; align-horizontal: right; }
        & #buttons Button { margin-left: 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self._ready = asyncio.Event()
        self._saving = False
        self._reason = ""  # why something changes in a closed period
        self._baseline: dict[str, object] = {}
        self.keeper = DraftKeeper(self)
        self._general = Static(id="general")
        self._above = Static(id="context")

    # What a form gives

    def title_text(self) -> str:
        """What the form is for."""
        raise NotImplementedError

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Save")

    def body(self) -> Iterable[Widget]:
        """The fields, in the order of the tab key."""
        raise NotImplementedError

    async def load(self, view: View) -> None:
        """Ask for what the fields choose from and begin with."""

    async def submit(self) -> ResultT:
        """Do what the form is for; raises SociusError to stay open."""
        raise NotImplementedError

    def can_take_out(self) -> bool:
        """Whether what the form shows can be taken out of the file."""
        return False

    def taking_out(self) -> tuple[str, Operation]:
        """The question to ask, and what is done when the answer is yes."""
        raise NotImplementedError

    # Composing and loading

    def compose(self) -> ComposeResult:
        """Fields, a line for what is about none of them, buttons for the mouse."""
        with VerticalScroll(id="form", can_focus=False) as form:
            form.border_title = text.plain(self.title_text(), limit=120)
            form.border_subtitle = self._keys()
            yield self._above
            yield from self.body()
            yield self._general
            with Horizontal(id="buttons"):
                yield Button(
                    text.plain(self.save_text()), id="save", variant="primary", compact=True
                )
                yield Button(text.plain(_("Close")), id="close", compact=True)

    def _keys(self) -> Content:
        hints = [
            text.key_hint(command.key.replace("escape", "esc"), _(command.text))
            for command in self.DOES
            if command.action != "take_out" or self.can_take_out()
        ]
        return text.spaced(hints)

    def on_mount(self) -> None:
        """The fields are there at once; what they choose from follows."""
        self._baseline = {f.field: f.control.state() for f in self.query(FormField)}
        if not self.keeper.waits:
            self.focus_first()
        start(self, self._load, group="load", exclusive=True)

    def focus_first(self) -> None:
        """Where typing begins."""
        for field in self.fields:
            field.focus_control()
            return

    def on_key(self, event: events.Key) -> None:
        """What was typed before a field had the focus belongs in it: nobody waits for a form.

        A field keeps the keys it can use, so one that comes here was on its way before.
        """
        field = self.focused
        if isinstance(field, Input) and event.is_printable:
            event.stop()
            field.post_message(events.Key(event.key, event.character))

    async def _load(self) -> None:
        try:
            now = await self.ask(view)
            for dates in self.query(DateField):
                dates.set_today(now.today)
            await self.load(now)
            self.view = now
        except SociusError as error:
            self.complain(error)
        else:
            if self.WRITES and now.known_at is not None:
                self.complain(looking_back(now.known_at))
            elif self.WRITES and now.read_only:
                self.say(_("This file can only be read: nothing can be saved in it."))
        finally:
            self.keeper.restore()
            self._ready.set()

    @property
    def is_ready(self) -> bool:
        """Whether everything that the form begins with is there."""
        return self.view is not None

    async def ask(
        self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask a service; raises SociusError."""
        return await host(self).session.ask(question, *args, **kwargs)

    def context(self, lines: Iterable[Content]) -> None:
        """What the user should see while filling in, above the fields."""
        shown = text.lines(lines)
        self._above.update(shown)
        self._above.display = bool(shown)

    # Fields

    @property
    def fields(self) -> list[FormField]:
        """All fields that are seen, from top to bottom."""
        return [field for field in self.query(FormField) if field.display]

    def field(self, name: str) -> FormField | None:
        """The field with a name of the use case."""
        name = self.ALIASES.get(name, name)
        return next((field for field in self.fields if field.field == name), None)

    def prefill(self, name: str, fill: Callable[[], None]) -> None:
        """Begin a field with something, unless the user typed in it already."""
        field = self.field(name)
        if field is None or field.control.state() != self._baseline.get(name):
            return
        fill()
        self._baseline[name] = field.control.state()

    @property
    def changed(self) -> bool:
        """Whether anything differs from what the form began with."""
        return any(self.is_touched(field) for field in self.fields)

    def is_touched(self, field: FormField) -> bool:
        """Whether a field differs from what the form began with."""
        state = field.control.state()
        return state != self._baseline.get(field.field, state)

    def on_input_submitted(self) -> None:
        """Enter goes on to the next field."""
        self.focus_next()

    # Saving

    @property
    def is_saving(self) -> bool:
        """Whether that is being done."""
        return self._saving

    def action_save(self) -> None:
        """Save, unless that is being done."""
        if not self._saving:
            self._saving = True
            start(self, self._save, group="save")

    async def _save(self, reason: str = "") -> None:
        self._reason = reason
        slow = self.set_timer(SLOW_SECONDS, lambda: self.say(_("Saving …")))
        try:
            await self._ready.wait()
            if not self.is_ready:
                await self._load()
                if not self.is_ready:
                    return
            if self.WRITES and self.view is not None and self.view.known_at is not None:
                raise looking_back(self.view.known_at)
            self.say("")
            wrong = [field for field in self.fields if not field.check(final=True)]
            if wrong:
                wrong[0].focus_control()
                wrong[0].scroll_visible(animate=False)
                return
            result = await self.submit()
        except PeriodClosed as error:
            self.say("")
            self._ask_why(error, self._save)
            return
        except SociusError as error:
            self.complain(error)
            return
        finally:
            slow.stop()
            self._saving = False
            self.keeper.touched()
        self.keeper.over()
        self.dismiss(result)

    def _ask_why(
        self, error: PeriodClosed, again: Callable[[str], Coroutine[Any, Any, object]]
    ) -> None:
        """Ask for the reason of a change in a closed period, and do it again with that."""
        from socius_tui.ui.dialogs.late_reason import ask_why

        def once_more(reason: str) -> Coroutine[Any, Any, object]:
            self._saving = True
            return again(reason)

        ask_why(self, error, once_more, complain=self.complain)

    def complain(self, error: SociusError) -> None:
        """Say why it was refused, beside the field when it is about one."""
        sentence = sentences(error)
        name = error.field if isinstance(error, InvalidInput | RuleBroken) else ""
        field = self.field(name) if name else None
        if field is None:
            title = f"{error.title}: " if error.title else ""
            self.say(title + sentence)
            return
        field.complain(sentence)
        field.focus_control()
        field.scroll_visible(animate=False)

    def say(self, sentence: str) -> None:
        """Something about the whole form; "" takes it away."""
        self._general.update(text.plain(sentence))
        self._general.set_class(bool(sentence), "-shown")
        if sentence:
            self._general.scroll_visible(animate=False)

    @property
    def said(self) -> str:
        """What stands on the line about the whole form."""
        return str(self._general.visual) if self._general.has_class("-shown") else ""

    # Closing

    def action_leave(self) -> None:
        """Close; ask first when something was typed."""
        if self._saving:
            return
        if not self.changed:
            if self.keeper.on_disk:
                start(self, self._close, group="save")
            else:
                self.dismiss(None)
            return
        question = ConfirmDialog(
            _("Throw away what you typed?"),
            more=_("It has not been saved."),
            yes=_("Throw away"),
            no=_("Go on typing"),
            yes_id="discard",
        )
        self.app.push_screen(question, self._left)

    async def _left(self, throw_away: bool | None) -> None:
        if throw_away:
            await self._close()

    async def _close(self) -> None:
        """Close, and keep nothing of it."""
        try:
            await self.keeper.forget()
        except SociusError as error:
            host(self).complain(error)  # it will be offered again
        self.dismiss(None)

    def action_take_out(self) -> None:
        """Take out what the form shows, after asking."""
        if not (self.is_ready and self.can_take_out()) or self._saving:
            return
        question, operation = self.taking_out()

        def answered(yes: bool | None) -> None:
            if yes:
                self._saving = True
                start(self, partial(self._take_out, operation), group="save")

        self.app.push_screen(
            ConfirmDialog(
                question,
                more=_("It stays in the file and can be restored."),
                yes=_("Take out"),
                no=_("Keep"),
            ),
            answered,
        )

    async def _take_out(self, operation: Operation, reason: str = "") -> None:
        try:
            draft = self.keeper.draft_id
            changes = await host(self).write(operation, reason=reason, draft=draft)
        except PeriodClosed as error:
            self._ask_why(error, partial(self._take_out, operation))
            return
        except SociusError as error:
            self.complain(error)
            return
        finally:
            self._saving = False
        self.keeper.over()
        self._taken_out(changes)

    def _taken_out(self, changes: ChangeSet) -> None:
        """Close after what the form showed is gone."""
        del changes
        self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        event.stop()
        if event.button.id == "save":
            self.action_save()
        elif event.button.id == "close":
            self.action_leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Taking out is for forms that show something which is in the file."""
        del parameters
        return self.can_take_out() if action == "take_out" else True


class WriteForm(FormDialog[ChangeSet]):
    """A form that carries out a use case; it gives the change set when that is on the disk."""

    WRITES = True

    def operation(self) -> Operation:
        """The use case, from the fields; raises SociusError."""
        raise NotImplementedError

    async def submit(self) -> ChangeSet:
        """Write it."""
        draft = self.keeper.draft_id
        return await host(self).write(self.operation(), reason=self._reason, draft=draft)

    def _taken_out(self, changes: ChangeSet) -> None:
        self.dismiss(changes)


def sentences(error: SociusError) -> str:
    """What went wrong, the first places where, and what to do."""
    places = error.problems[:_PLACES] if isinstance(error, BadFile) else ()
    return " ".join(part for part in (error.message, *places, error.hint) if part)


def only(dialog: FormDialog[ResultT], name: str) -> FormField:
    """A field that must be there. Raises NoMatches, a programming error."""
    found = dialog.field(name)
    if found is None:
        raise NoMatches(name)
    return found
