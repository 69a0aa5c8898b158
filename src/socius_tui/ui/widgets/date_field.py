"""A date as people type it, with what was understood beside it while they type."""

from __future__ import annotations

from datetime import date, timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from socius_tui.domain.dates import parse_date
from socius_tui.domain.drafts import Typed
from socius_tui.domain.problem import InputProblem
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.text_field import TextField, sentence

_LATER = timedelta(days=400)  # "today", "friday" and "14/3" are another day then


class DateField(Horizontal):
    """A day; `today` is what "yesterday" and "-2" count from, once it is known."""

    DEFAULT_CSS = """
    DateField {
        height: 1; width: 1fr;
        & > TextField { width: 13; }
        & > .echo { width: 1fr; height: 1; padding: 0 0 0 1;
            text-wrap: nowrap; text-overflow: ellipsis;
            color: $success; }
        & > .echo.-unclear { color: $warning; }
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        required: bool = True,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.required = required
        self.today: date | None = None
        self._input = TextField(value, limit=60)
        self._echo = Static(classes="echo")

    def compose(self) -> ComposeResult:
        """What is typed, and what it means."""
        yield self._input
        yield self._echo

    def on_mount(self) -> None:
        """Say what the first text means."""
        self._show()

    def set_today(self, today: date) -> None:
        """Now relative dates can be read."""
        self.today = today
        self._show()

    def fill(self, day: date | None) -> None:
        """Set the date."""
        self._input.value = day.isoformat() if day else ""

    @property
    def text(self) -> str:
        """What is typed."""
        return self._input.value

    @property
    def value(self) -> date | None:
        """The day; None when nothing is typed, or nothing that can be read."""
        try:
            return self._read()
        except InputProblem:
            return None

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what it means now."""
        self._show()

    def _read(self) -> date | None:
        if self.today is None or not (self.text.strip() or self.required):
            return None
        return parse_date(self.text, today=self.today, lang=get_language())

    def _show(self) -> None:
        try:
            day = self._read()
        except InputProblem as problem:
            typed = bool(self.text.strip())
            self._echo.update(text.plain(problem.message if typed else _("which day?")))
            self._echo.add_class("-unclear")
            return
        self._echo.update(text.plain(show.long_day(day) if day else ""))
        self._echo.remove_class("-unclear")

    def state(self) -> object:
        """For the question whether anything was changed."""
        return self.text.strip()

    def keep(self) -> Typed:
        """The text; what would mean another day another time becomes the day that is meant."""
        day = self.value
        if self.today is None or day is None:
            return self._input.keep()
        later = parse_date(self.text, today=self.today + _LATER, lang=get_language())
        return self._input.keep() if later == day else Typed(day.isoformat())

    def restore(self, kept: Typed) -> tuple[str, ...]:
        """The text."""
        return self._input.restore(kept)

    def settle(self) -> None:
        """The echo says already what is understood."""

    def problem(self, *, final: bool) -> str:
        """Why it is no date."""
        if not (final or self.text.strip()):
            return ""
        try:
            self._read()
        except InputProblem as problem:
            return sentence(problem)
        return ""
