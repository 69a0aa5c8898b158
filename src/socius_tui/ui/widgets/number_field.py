"""A number, a ratio or "not applicable", with what was understood beside it."""

from __future__ import annotations

from fractions import Fraction

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from socius_tui.domain.drafts import Typed
from socius_tui.domain.model import EntryForm
from socius_tui.domain.numbers import ParsedEntry, parse_entry, parse_number
from socius_tui.domain.problem import InputProblem
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.text_field import TextField, sentence


class NumberField(Horizontal):
    """What can be measured; with `plain` only a number, as a target is.

    `unit` says in what; `percentage` lets a percent sign be typed and shows a ratio as one.
    """

    DEFAULT_CSS = """
    NumberField {
        height: 1; width: 1fr;
        & > TextField { width: 18; }
        & > .echo { width: 1fr; height: 1; padding: 0 0 0 1;
            text-wrap: nowrap; text-overflow: ellipsis;
            color: $success; }
        & > .echo.-unclear { color: $warning; }
    }
    """

    def __init__(
        self,
        *,
        plain: bool = False,
        required: bool = True,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.plain = plain
        self.required = required
        self.unit = ""
        self.percentage = False
        self._input = TextField(limit=200)
        self._echo = Static(classes="echo")

    def compose(self) -> ComposeResult:
        """What is typed, and what it means."""
        yield self._input
        yield self._echo

    def measure(self, unit: str, *, percentage: bool) -> None:
        """From now on in this unit."""
        self.unit, self.percentage = unit, percentage
        self._show()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._input.value

    @property
    def value(self) -> ParsedEntry | None:
        """What was entered; None when nothing is typed, or nothing that can be read."""
        try:
            return self._read()
        except InputProblem:
            return None

    def fill(self, typed: str) -> None:
        """Set the text."""
        self._input.value = typed

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what it means now."""
        self._show()

    def _read(self) -> ParsedEntry | None:
        if not (self.text.strip() or self.required):
            return None
        if self.plain:
            number = parse_number(self.text, get_language(), percent=self.percentage)
            return ParsedEntry(EntryForm.VALUE, value=number)
        return parse_entry(self.text, get_language(), percent=self.percentage)

    def _show(self) -> None:
        unclear = False
        try:
            entry = self._read() if self.text.strip() else None
            meaning = self.understood(entry) if entry else ""
        except InputProblem as problem:
            unclear, meaning = True, problem.message
        self._echo.update(text.plain(meaning))
        self._echo.set_class(unclear, "-unclear")

    def understood(self, entry: ParsedEntry) -> str:
        """An entry in words: the number with its unit, a ratio worked out."""
        if entry.form is EntryForm.NOT_APPLICABLE:
            return _("not applicable: counts neither for nor against")
        if entry.form is EntryForm.RATIO:
            share = Fraction(entry.numerator or "0") / Fraction(entry.denominator or "1")
            result = show.percent(share, 2) if self.percentage else show.amount(share, self.unit)
            return _("{numerator} of {denominator} = {result}").format(
                numerator=show.exact(entry.numerator),
                denominator=show.exact(entry.denominator),
                result=result,
            )
        shown = show.exact(entry.value)
        if self.percentage:
            return f"{shown}%"
        return f"{shown} {self.unit}".strip()

    def state(self) -> object:
        """For the question whether anything was changed."""
        return self.text.strip()

    def keep(self) -> Typed:
        """The text."""
        return self._input.keep()

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The text."""
        return self._input.restore(kept)

    def settle(self) -> None:
        """The echo says already what is understood."""

    def problem(self, *, final: bool) -> str:
        """Why it is no number."""
        if not (final or self.text.strip()):
            return ""
        try:
            self._read()
        except InputProblem as problem:
            return sentence(problem)
        return ""
