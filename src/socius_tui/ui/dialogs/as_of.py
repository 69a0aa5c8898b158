"""Choose the day on which the plan is looked at, and what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from socius_tui.domain.dates import parse_date
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.typed_moments import echo_moment, moment_words, parse_moment
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window

Choice = tuple[date | None, datetime | None]


class AsOfDialog(Window[Choice]):
    """Gives a day and a moment, None for today and for now, or None when nothing was chosen.

    The day is the as-of date; what was recorded after the moment is not known yet. It begins in
    the field of the moment when `at_known`.
    """

    DEFAULT_CSS = """
    AsOfDialog {
        & > #window { width: 70; }
        & .about { height: auto; }
        & .understood { height: auto; min-height: 1; margin-bottom: 1; }
    }
    """

    def __init__(
        self, as_of: date, today: date, known_at: datetime | None = None, *, at_known: bool = False
    ) -> None:
        super().__init__()
        self._as_of, self._today, self._known_at = as_of, today, known_at
        self._at_known = at_known

    def heading(self) -> Content:
        """What is asked."""
        return text.styled(_("As-of date, and known when"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Enter, tab, and close."""
        return (
            text.key_hint("enter", _("look at that")),
            text.key_hint("tab", _("other field")),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """Two fields, each with what it is for and what was understood."""
        typed = "" if self._as_of == self._today else self._as_of.isoformat()
        yield _about(
            _("As-of date"), _("What is dated after this day does not count. Empty is today.")
        )
        yield Input(typed, placeholder=_("2016-03-14, 14/3, yesterday, -2"), id="day")
        yield Static(id="understood-day", classes="understood")
        known = "" if self._known_at is None else moment_words(self._known_at, get_language())
        yield _about(
            _("As known at"), _("What was recorded after this moment is not there. Empty is now.")
        )
        yield Input(known, placeholder=_("15/1/2018, 15/1/2018 14:30, yesterday 9:00"), id="known")
        yield Static(id="understood-known", classes="understood")

    def on_mount(self) -> None:
        """Begin in the field that was asked for."""
        self.query_one("#known" if self._at_known else "#day", Input).focus()
        self._echo()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what was understood while somebody types."""
        self._echo()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Choose, unless one cannot be read: then go there."""
        for name, read in (("day", self._day), ("known", self._known)):
            try:
                read()
            except InputProblem:
                self.query_one(f"#{name}", Input).focus()
                return
        self.dismiss((self._day(), self._known()))

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _day(self) -> date | None:
        typed = self._typed("day")
        if not typed:
            return None
        day = parse_date(typed, today=self._today, lang=get_language())
        return None if day == self._today else day

    def _known(self) -> datetime | None:
        typed = self._typed("known")
        if not typed:
            return None
        return parse_moment(typed, today=self._today, lang=get_language())

    def _echo(self) -> None:
        self.query_one("#understood-day", Static).update(_understood(self._day_words))
        self.query_one("#understood-known", Static).update(_understood(self._known_words))

    def _day_words(self) -> Content:
        day = self._day()
        today = text.dim(_("today")) if day is None else text.NOTHING
        return text.spaced((text.plain(f"→ {show.long_day(day or self._today)}"), today))

    def _known_words(self) -> Content:
        moment = self._known()
        words = _("now") if moment is None else echo_moment(moment, get_language())
        return text.plain(f"→ {words}")


def _about(label: str, sentence: str) -> Static:
    lines = (text.styled(label, text.STRONG), text.plain(sentence))
    return Static(text.lines(lines), classes="about")


def _understood(words: Callable[[], Content]) -> Content:
    try:
        return words()
    except InputProblem as problem:
        return text.lines((text.styled(str(problem), "$error"), text.dim(problem.hint)))
