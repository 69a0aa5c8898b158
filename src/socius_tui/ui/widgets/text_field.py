"""Fields that take text: what steers a terminal never gets in, and that is said."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from socius_tui.domain.drafts import Typed
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text, clean


def without_controls(typed: str) -> tuple[str, int]:
    """The text without controls and unseen characters, and how many were left out."""
    if clean(typed, limit=max(len(typed), 1), keep_newlines=True) == typed:
        return typed, 0
    kept = []
    left_out = 0
    for character in typed.replace("\r\n", "\n"):
        shown = clean(character, limit=1, keep_newlines=True)
        if shown in (character, "\n"):
            kept.append(shown)
        else:
            left_out += 1
    text = "".join(kept)
    capped = clean(text, limit=max(len(text), 1), keep_newlines=True)
    return capped, left_out + len(text) - len(capped)


def sentence(problem: InputProblem) -> str:
    """What is wrong and what to do, on one line."""
    return " ".join(part for part in (problem.message, problem.hint) if part)


class LeftOut(Message):
    """A field left out characters that came with a paste."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class TextField(Input):
    """One line of text, at most `limit` characters (checked when the form is saved)."""

    DEFAULT_CSS = """
    TextField {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $panel;
        &:focus { background: $cursor; border: none; }
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        limit: int = 200,
        required: bool = False,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 (Textual's own name)
        classes: str | None = None,
    ) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, id=id, classes=classes)
        self.limit = limit
        self.required = required

    def validate_value(self, value: str) -> str:
        """Whatever comes in, typed or pasted or from the file."""
        text, left_out = without_controls(value)
        if left_out and self.is_attached:
            self.post_message(LeftOut(left_out))
        return text.replace("\n", " ").replace("\t", " ")

    async def _on_key(self, event: events.Key) -> None:
        """Enter in its turn: as a binding it would overtake what was typed before it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()
        else:
            await super()._on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of a paste, one behind the other; the first alone would lose text."""
        event.prevent_default()
        event.stop()
        pasted = " ".join(event.text.split("\n")).strip() if event.text else ""
        start, end = sorted(self.selection)
        self.replace(pasted, start, end)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a stretch; the cursor stays inside what is kept."""
        super().replace(text, start, end)
        self.cursor_position = min(self.cursor_position, len(self.value))

    def state(self) -> object:
        """For the question whether anything was typed."""
        return self.value.strip()

    def keep(self) -> Typed:
        """The text."""
        return Typed(self.value)

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The text, with the cursor behind it."""
        self.value = kept.text
        self.cursor_position = len(self.value)
        return ()

    def fill(self, text: str) -> None:
        """Set the text."""
        self.value = text

    def settle(self) -> None:
        """Nothing is half done in plain text."""

    def problem(self, *, final: bool) -> str:
        """What is wrong with it; an empty required field counts only when `final`."""
        try:
            check_text(self.value, max_length=self.limit, required=self.required and final)
        except InputProblem as problem:
            return sentence(problem)
        return ""


class NoteField(TextArea):
    """Several lines of text, at most `limit` characters."""

    DEFAULT_CSS = """
    NoteField {
        width: 1fr; height: 4; border: none; padding: 0 1; background: $panel;
        scrollbar-size-vertical: 1;
        &:focus { background: $cursor; border: none; }
        & .text-area--cursor-line { background: transparent; }
    }
    """

    def __init__(
        self,
        text: str = "",
        *,
        limit: int = 20_000,
        lines: int = 4,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(
            without_controls(text)[0],
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.limit = limit
        self.styles.height = lines

    def edit(self, edit: Edit) -> EditResult:
        """Every change comes through here: a key, a paste, an undo."""
        text, left_out = without_controls(edit.text)
        if text != edit.text:
            edit.text = text
            if left_out:
                self.post_message(LeftOut(left_out))
        return super().edit(edit)

    def state(self) -> object:
        """For the question whether anything was typed."""
        return self.text.strip()

    def keep(self) -> Typed:
        """The text."""
        return Typed(self.text)

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The text, with the cursor behind it."""
        self.fill(kept.text)
        self.move_cursor(self.document.end)
        return ()

    def fill(self, text: str) -> None:
        """Set the text."""
        self.load_text(without_controls(text)[0])

    def settle(self) -> None:
        """Nothing is half done in plain text."""

    def problem(self, *, final: bool) -> str:
        """What is wrong with it."""
        del final
        try:
            check_text(self.text, max_length=self.limit, multiline=True)
        except InputProblem as problem:
            return sentence(problem)
        return ""
