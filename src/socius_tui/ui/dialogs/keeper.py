"""Keeps what is typed in a form in the file, until the form is saved or thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import events
from textual.timer import Timer
from textual.widgets import Input, TextArea

from socius_tui.domain.drafts import Draft
from socius_tui.domain.text import clean
from socius_tui.errors import NotFound, SociusError
from socius_tui.i18n import _
from socius_tui.services.drafting import forget_draft, new_draft_id, save_draft
from socius_tui.services.session import BackgroundSession
from socius_tui.ui.host import host
from socius_tui.ui.widgets.form_field import Edited
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.ui.dialogs.form import FormDialog

PAUSE = 0.3  # seconds without a key before what is typed goes to the disk
LONGEST = 2.0  # seconds that somebody who types without a pause can lose
_SOON = 0.001  # a timer of no seconds at all is an error


class DraftKeeper:
    """Belongs to one open form.

    Between a key and the disk lie at most `LONGEST` seconds; usually `PAUSE`.
    """

    def __init__(self, form: FormDialog[Any]) -> None:
        self._form = form
        self.id = new_draft_id()
        self.on_disk = False
        self._draft: Draft | None = None
        self._kept: Draft | None = None
        self._timer: Timer | None = None
        self._since: float | None = None  # of the first key that is not on the disk yet
        self._failed = False
        self._over = False
        self._turn = asyncio.Lock()

    @property
    def draft_id(self) -> str | None:
        """The id of what is kept; None when the form is of a kind of which nothing is."""
        return self.id if self._form.FORM else None

    def resume(self, kept: Draft) -> None:
        """Go on with what was kept, once the form is loaded."""
        self.id, self.on_disk, self._draft = kept.id, True, kept

    @property
    def waits(self) -> bool:
        """Whether what was kept is still to be put back in the form."""
        return self._draft is not None

    def restore(self) -> None:
        """Put back what was kept, and the cursor where it was; nothing when nothing was.

        Of a record that is corrected only what the user touched: the rest may have been changed
        meanwhile, in another window.
        """
        form, kept = self._form, self._draft
        if kept is None:
            return
        lost = []
        for name, typed in kept.fields.items():
            field = form.field(name)
            if field is None:
                lost += [typed.words] if typed.touched and typed.words else []
            elif typed.touched or not (form.is_ready and form.can_take_out()):
                gone = clean(", ".join(field.control.restore(typed)))
                if gone:
                    field.tell(_("No longer there: {names}.").format(names=gone))
        if lost and form.is_ready:
            words = clean("; ".join(lost))
            form.say(_("This has no place in the form any more: {text}").format(text=words))
        self._draft = None
        self.touched()
        left = form.field(kept.left)
        if left is not None:
            left.focus_control()
        else:
            form.focus_first()

    def touched(self) -> None:
        """Something may have been typed: keep it when the user pauses, or after a while."""
        if self._idle:
            return
        now = asyncio.get_running_loop().time()
        if self._since is None:
            self._since = now
        self._wait(max(min(PAUSE, self._since + LONGEST - now), _SOON))

    def hurry(self) -> None:
        """The user leaves a field: what is waiting goes to the disk at once."""
        if self._since is not None:
            self._start()

    async def now(self) -> None:
        """Keep what is typed now. What goes wrong is said in the form and tried again."""
        async with self._turn:
            if self._idle or self._form.is_saving:
                return
            self._stop()
            try:
                await self._put()
            except SociusError as error:
                self._failed = True
                reason = _("What you type is not kept yet: {reason}").format(reason=error.message)
                self._form.say(reason)
                self._wait(LONGEST)
            else:
                if self._failed:
                    self._failed = False
                    self._form.say("")

    async def forget(self) -> None:
        """Nothing is kept any more: the user threw it away. Raises SociusError."""
        async with self._turn:
            self.over()
            if self.on_disk:
                await host(self._form).session.ask(forget_draft, self.id)

    def over(self) -> None:
        """The form was saved, and what was kept of it went along."""
        self._over = True
        self._stop()

    @property
    def _idle(self) -> bool:
        return self._over or self.waits or not self._form.FORM

    async def _put(self) -> None:
        if not self._form.changed:
            if self.on_disk:
                await host(self._form).session.ask(forget_draft, self.id)
                self.on_disk, self._kept = False, None
            return
        found = self._typed()
        if found != self._kept:
            self.on_disk = True
            await host(self._form).session.ask(save_draft, found)
            self._kept = found

    def _typed(self) -> Draft:
        form = self._form
        return Draft(
            self.id,
            form.FORM,
            form.opened_with(),
            form.about(),
            {f.field: f.control.keep()._replace(touched=form.is_touched(f)) for f in form.fields},
            next((f.field for f in form.fields if f.has_class("-here")), ""),
        )

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._form.set_timer(seconds, self._start)

    def _start(self) -> None:
        start(self._form, self.now, group="draft")

    def _stop(self) -> None:
        self._since = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


class Kept:
    """What a form gives, so that what is typed in it can be kept and it can be opened again."""

    #: Its name as an unfinished form; "" for a form of which nothing is kept.
    FORM: ClassVar[str] = ""
    #: With what it is opened: names of its arguments, each in an attribute with a _ before it.
    SUBJECT: ClassVar[tuple[str, ...]] = ()
    keeper: DraftKeeper

    def opened_with(self) -> dict[str, str | bool]:
        """With what it was opened, so that it can be opened again."""
        given = {name: getattr(self, f"_{name}") for name in self.SUBJECT}
        return {name: value for name, value in given.items() if value}

    def about(self) -> str:
        """What it is about, in words."""
        return ""

    @classmethod
    async def again(cls, session: BackgroundSession, subject: Mapping[str, str | bool]) -> Self:
        """The form as it was opened then. Raises NotFound when what it is about is gone."""
        del session
        given = {name: value for name, value in subject.items() if name in cls.SUBJECT}
        try:
            signature(cls).bind(**given)
        except TypeError as error:
            raise NotFound(_("It is no longer known what this form was about.")) from error
        return cls(**given)

    def resume(self, kept: Draft) -> Self:
        """Show what was kept of it, once it is loaded."""
        self.keeper.resume(kept)
        return self

    def on_input_changed(self, _event: Input.Changed) -> None:
        """What is typed is kept."""
        self.keeper.touched()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """What is typed is kept."""
        self.keeper.touched()

    def on_edited(self, _event: Edited) -> None:
        """What is chosen is kept."""
        self.keeper.touched()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """What was typed in the field that is left is kept at once."""
        self.keeper.hurry()
