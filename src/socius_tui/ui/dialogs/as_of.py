"""Choose the day on which the plan is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from socius_tui.domain.dates import DateProblem, parse_date
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window


class AsOfDialog(Window[tuple[date | None]]):
    """Gives (day,), (None,) for today, or None when nothing was chosen."""

    DEFAULT_CSS = """
    AsOfDialog {
        & > #window { width: 60; }
        & #about { height: auto; margin-bottom: 1; }
        & #understood { height: auto; min-height: 2; margin-bottom: 1; }
    }
    """

    def __init__(self, as_of: date, today: date) -> None:
        super().__init__()
        self._as_of, self._today = as_of, today

    def heading(self) -> Content:
        """What is asked."""
        return text.styled(_("As-of date"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Enter, and close."""
        return (text.key_hint("enter", _("look at that day")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """A field, and what was understood."""
        yield Static(
            text.plain(_("What is dated after this day does not count. Empty is today.")),
            id="about",
        )
        typed = "" if self._as_of == self._today else self._as_of.isoformat()
        yield Input(typed, placeholder=_("2016-03-14, 14/3, yesterday, -2"), id="day")
        yield Static(id="understood")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(Input).focus()
        self._echo()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what was understood while somebody types."""
        self._echo()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Choose, unless it cannot be read."""
        try:
            self.dismiss((self._read(),))
        except DateProblem:
            self._echo()

    def _read(self) -> date | None:
        typed = self.query_one(Input).value.strip()
        if not typed:
            return None
        day = parse_date(typed, today=self._today, lang=get_language())
        return None if day == self._today else day

    def _echo(self) -> None:
        understood = self.query_one("#understood", Static)
        try:
            day = self._read()
        except DateProblem as problem:
            understood.update(
                text.lines((text.styled(str(problem), "$error"), text.dim(problem.hint)))
            )
            return
        words = show.long_day(day or self._today)
        today = text.dim(_("today")) if day is None else text.NOTHING
        understood.update(text.spaced((text.plain(f"→ {words}"), today)))
