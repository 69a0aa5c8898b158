"""Where a number comes from: the rule in words, the values used, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.detail import Explanation
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.explain import explain
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.work import start

_LABEL_CELLS: Final = 26  # labels up to here stand beside what they say


class ExplainDialog(Window[None]):
    """The explanation of one goal, indicator or the plan, by id or code."""

    DEFAULT_CSS = """
    ExplainDialog {
        & > #window { width: 90; height: 90%; }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self._identifier = identifier
        self._title = text.NOTHING

    def heading(self) -> Content:
        """What is explained."""
        return self._title or text.plain(_("Where this number comes from"))

    def hints(self) -> Iterable[Content]:
        """Scroll, and close."""
        return (text.key_hint("↑ ↓", _("scroll")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        yield VerticalScroll(Static(id="explanation"))

    def on_mount(self) -> None:
        """Ask for it."""
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            explanation = await host(self).session.ask(explain, self._identifier)
        except SociusError as error:
            host(self).complain(error)
            self.dismiss(None)
            return
        self._title = text.styled(explanation.title, text.STRONG)
        self.retitle()
        self.query_one("#explanation", Static).update(
            explained(explanation, max(self.query_one(VerticalScroll).content_size.width - 1, 20))
        )
        self.query_one(VerticalScroll).focus()


def explained(explanation: Explanation, width: int) -> Content:
    """An explanation in `width` cells, from the number down to what was left out."""
    short = [len(label) for label, _value in explanation.facts if len(label) <= _LABEL_CELLS]
    indent = max(short, default=0) + 2
    facts = [
        text.hanging(
            text.dim(label),
            text.styled(value, text.STRONG),
            indent if len(label) <= _LABEL_CELLS else width,  # a long one has a line of its own
            width,
        )
        for label, value in explanation.facts
    ]
    bullet = text.dim("•")
    blocks = [
        text.lines(facts),
        _steps(explanation.steps, width),
        text.lines(text.hanging(bullet, text.plain(s), 2, width) for s in explanation.sentences),
        _listed(_("What was counted"), explanation.used),
        _listed(_("What was left out"), explanation.left_out),
        _listed(_("Changed after the period was closed"), explanation.late),
    ]
    return Content("\n\n").join([block for block in blocks if block])


def _listed(title: str, entries: Sequence[str]) -> Content:
    if not entries:
        return text.NOTHING
    return text.lines((text.styled(title, text.STRONG), *(text.join("  ", e) for e in entries)))


def _steps(steps: Sequence[str], width: int) -> Content:
    """The arithmetic, step by step."""
    if not steps:
        return text.NOTHING
    drawn = (text.hanging(text.NOTHING, _step(step), 2, width) for step in steps)
    return text.lines((text.styled(_("Worked out"), text.STRONG), *drawn))


def _step(step: str) -> Content:
    """What is worked out with its rule, and below that the numbers with what they come to."""
    name, *parts = step.split(" = ")
    if not parts:
        return text.plain(step)
    *sums, outcome = parts
    rule = sums.pop(0) if sums and any(letter.isalpha() for letter in sums[0]) else ""
    came_to = text.styled(outcome, text.STRONG)
    if not sums:
        return text.spaced((text.plain(name), text.dim(rule), came_to))
    worked = text.join("  ", " = ".join(sums), text.dim(" = "), came_to)
    return text.lines((text.spaced((text.plain(name), text.dim(rule))), worked))
