"""A field of a form: its label, its control, and a line for what is wrong with it."""

from __future__ import annotations

from typing import Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from socius_tui.domain.drafts import Typed
from socius_tui.i18n import _, ngettext
from socius_tui.ui import text
from socius_tui.ui.widgets.text_field import LeftOut, NoteField

_LONG = 0.8  # of what fits; from there on the length is shown


class Control(Protocol):
    """What a form asks of every control in it."""

    def state(self) -> object:
        """Something that differs when the user changed the control."""

    def keep(self) -> Typed:
        """What stands in it, exactly, so that it can be put back another day."""

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """Put back what stood in it; gives the names of what can no longer be chosen."""

    def settle(self) -> None:
        """Finish what is half typed, as far as that is certain."""

    def problem(self, *, final: bool) -> str:
        """A sentence on what is wrong; `final` is when the form is saved."""


class Edited(Message):
    """A control that is not a text field got another value."""


class FormField(Horizontal):
    """One field; `field` is its name in the use case, by which a refusal finds it."""

    DEFAULT_CSS = """
    FormField {
        height: auto; width: 1fr;
        & > .label {
            width: 16; height: 1; padding: 0 1 0 0; color: $quiet; text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & > .label.short { width: auto; padding: 0 1 0 2; }
        & > Vertical { height: auto; width: 1fr; }
        & .message { height: auto; display: none; }
        &.-wrong .message { display: block; color: $error; text-style: bold; }
        &.-told .message { display: block; color: $warning; }
        &.-wrong > .label { color: $error; text-style: bold; }
        &.-here > .label { color: $foreground; text-style: bold; }
    }
    """

    def __init__(
        self,
        field: str,
        label: str,
        control: Widget,
        *,
        short: bool = False,
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self.field = field
        self.widget = control
        self._label = Static(text.plain(label), classes="label short" if short else "label")
        self._message = Static(classes="message")
        self._wrong_state: object = None
        self._counting = False

    @property
    def control(self) -> Control:
        """The control, as a form sees it."""
        return cast(Control, self.widget)

    def compose(self) -> ComposeResult:
        """Label at the left, the rest at the right."""
        yield self._label
        with Vertical():
            yield self.widget
            yield self._message

    @property
    def complaint(self) -> str:
        """The sentence that stands by the field, if it says that something is wrong."""
        return str(self._message.visual) if self.has_class("-wrong") else ""

    def complain(self, sentence: str) -> None:
        """Say what is wrong, until the control changes."""
        self._wrong_state = self.control.state()
        self._message.update(text.join("▲ ", text.plain(sentence)))
        self.remove_class("-told")
        self.add_class("-wrong")

    def tell(self, sentence: str) -> None:
        """Say something that is not wrong but good to know."""
        self._message.update(text.plain(sentence))
        self.remove_class("-wrong")
        self.add_class("-told")

    def clear(self) -> None:
        """Nothing to say any more."""
        self.remove_class("-wrong", "-told")

    def check(self, *, final: bool) -> bool:
        """Settle and judge the control; True when nothing is wrong."""
        self.control.settle()
        sentence = self.control.problem(final=final)
        if sentence:
            self.complain(sentence)
        elif self.has_class("-wrong") and not final:
            self.clear()
        return not sentence

    def focus_control(self) -> None:
        """Put the cursor in the control, now: a key may be on its way."""
        control = self.widget
        target = control if control.can_focus else next(iter(control.query("TextField")), control)
        self.screen.set_focus(target)

    def _changed(self) -> None:
        if self.has_class("-wrong") and self.control.state() != self._wrong_state:
            self.clear()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Another text."""
        self._changed()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Another text; when it grows long, how much fits."""
        self._changed()
        if not isinstance(self.widget, NoteField) or self.has_class("-wrong"):
            return
        length, most = len(self.widget.text), self.widget.limit
        if length > most * _LONG:
            self.tell(_("{n} of at most {most} characters.").format(n=length, most=most))
            self._counting = True
        elif self._counting:
            self._counting = False
            self.clear()

    def on_edited(self, _event: Edited) -> None:
        """Another value."""
        self._changed()

    def on_left_out(self, event: LeftOut) -> None:
        """Characters of a paste were refused."""
        event.stop()
        self.tell(
            ngettext(
                "{n} control or unseen character was left out.",
                "{n} control or unseen characters were left out.",
                event.count,
            ).format(n=event.count)
        )

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Mark where the cursor is."""
        self.add_class("-here")

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Say at once what is wrong, when the user goes on to another field.

        Not on the way to a button: the form would grow and the button move from under the mouse.
        """
        self.remove_class("-here")
        if not self.is_attached or not self.screen.is_current or self.has_class("-told"):
            return
        if not isinstance(self.screen.focused, Button):
            self.check(final=False)


class FieldRow(Horizontal):
    """Fields beside one another; a narrow form puts them below one another."""

    DEFAULT_CSS = "FieldRow { height: auto; width: 1fr; }"
