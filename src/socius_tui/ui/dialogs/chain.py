"""The Theory of Change of a goal: its steps by level, what watches them, the form for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.chain import LEVELS, Chain, Step
from socius_tui.errors import NotFound
from socius_tui.i18n import _, ngettext
from socius_tui.services import resolve
from socius_tui.services.chains import AddStep, EditStep, RetireStep, chain
from socius_tui.services.looking import View
from socius_tui.services.session import Operation
from socius_tui.ui import text
from socius_tui.ui.commands.background import (
    ADD_STEP,
    CHAIN_INDICATOR,
    CHAIN_WINDOW,
    REMOVE_STEP,
)
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.multi_choice_field import MultiChoiceField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import NoteField


class ChainWindow(ListWindow):
    """Activity, output, outcome, impact: one below the other, an arrow between the levels."""

    DOES: ClassVar[tuple[Command, ...]] = CHAIN_WINDOW
    BINDINGS = bindings(*CHAIN_WINDOW)
    DEFAULT_CSS = """
    ChainWindow {
        & > #window { width: 120; max-width: 100%; height: 90%; }
        & #about { height: auto; max-height: 6; margin-bottom: 1; }
    }
    """

    def __init__(self, goal_id: str) -> None:
        super().__init__()
        self._goal_id = goal_id
        self._chain: Chain | None = None

    def heading(self) -> Content:
        """The goal, and how many steps nothing watches."""
        words = text.styled(_("Theory of Change"), text.STRONG)
        found = self._chain
        if found is None:
            return words
        left = ""
        if found.unwatched:
            left = ngettext(
                "{n} step that nothing watches", "{n} steps that nothing watches", found.unwatched
            ).format(n=found.unwatched)
        return text.spaced((words, text.styled(found.code, text.KEY), text.dim(left)))

    def hints(self) -> Iterable[Content]:
        """Add, change, indicator, take out, back."""
        yield text.key_hint(ADD_STEP.key, _(ADD_STEP.text))
        yield text.key_hint("enter", _("correct"))
        for command in (CHAIN_INDICATOR, REMOVE_STEP):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The chain, and the step with the cursor in full."""
        yield LineTable(
            (
                Column(_("Step"), 12),
                Column(_("What"), weight=3),
                Column(_("Watched by"), weight=1),
            ),
            empty=_("This goal has no chain yet. a begins one."),
            id="chain",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for it."""
        self._chain = await host(self).session.ask(chain, self._goal_id)
        self.retitle()
        await self.table.show(list(_rows(self._chain)))
        self.tell_of(self.table.current_key)

    def tell_of(self, key: str) -> None:
        """The row in full."""
        step = self._step(key)
        self.query_one("#about", Static).update(_about(step) if step else text.NOTHING)

    def _step(self, key: str) -> Step | None:
        steps = self._chain.steps if self._chain is not None else ()
        return next((step for step in steps if step.id == key), None)

    @property
    def _current(self) -> Step | None:
        return self._step(self.table.current_key)

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Change the step; on an empty level add one."""
        if (step := self._current) is not None:
            self.app.push_screen(StepDialog(self._goal_id, step_id=step.id), self.done)
        else:
            self.action_add()

    def action_add(self) -> None:
        """One more, on the level with the cursor."""
        key = self.table.current_key
        step = self._step(key)
        level = step.level if step is not None else key
        self.app.push_screen(
            StepDialog(self._goal_id, level=level if level in LEVELS else ""), self.done
        )

    def action_remove(self) -> None:
        """Out of the chain."""
        if (step := self._current) is not None:
            self.do(RetireStep.of(step_id=step.id))

    def action_indicator(self) -> None:
        """To the first indicator that watches."""
        if (step := self._current) is not None and step.watches:
            self.dismiss(None)
            self.app.post_message(OpenGoal(step.watches[0].indicator_id))


def _rows(found: Chain) -> Iterator[Row]:
    """The levels in order; one without steps says so."""
    for level in LEVELS:
        steps = found.at(level)
        head = text.styled(("→ " if level != LEVELS[0] else "  ") + text.word(level), text.STRONG)
        if not steps:
            yield Row(level, (head, text.dim(_("nothing noted")), ""))
        for place, step in enumerate(steps):
            yield Row(step.id, ("" if place else head, text.plain(step.statement), _watched(step)))


def _watched(step: Step) -> Content:
    if not step.watches:
        return text.styled(_("nothing watches it"), "$status-attention")
    return text.spaced(
        text.spaced((text.status_symbol(watch.status), text.plain(watch.code)), " ")
        for watch in step.watches
    )


def _about(step: Step) -> Content:
    """The step in full, what watches it with its status in words, why it leads on."""
    watches = [
        text.spaced(
            (text.status_text(w.status), text.styled(w.code, text.KEY), text.plain(w.title))
        )
        for w in step.watches
    ]
    assumption = []
    if step.assumption:
        assumption = [text.spaced((text.dim(_("assumption")), text.plain(step.assumption)))]
    return text.lines((text.plain(step.statement), *watches, *assumption))


class StepDialog(WriteForm):
    """Add a step to the chain of a goal, or change the step `step_id` of it."""

    FORM = "step"
    SUBJECT = ("goal_id", "step_id", "level")

    def __init__(self, goal_id: str, *, step_id: str | None = None, level: str = "") -> None:
        super().__init__()
        self._goal_id, self._step_id, self._level = goal_id, step_id, level
        self.level = OptionRow([(code, text.word(code)) for code in LEVELS], LEVELS[0], id="level")
        self.words = NoteField(lines=2, limit=2000, id="words")
        self.assumption = NoteField(lines=2, limit=2000, id="assumption")
        self.watched = MultiChoiceField(placeholder=_("code or word of the title"), id="watched")

    def title_text(self) -> str:
        """What is being done."""
        return _("Change a step") if self._step_id else _("New step")

    def about(self) -> str:
        """The step."""
        return self.words.text[:80]

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("level", _("Step"), self.level)
        yield FormField("statement", _("What"), self.words)
        yield FormField("indicator_ids", _("Watched by"), self.watched)
        yield FormField("assumption", _("Assumption"), self.assumption)

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        del view
        named = await self.ask(resolve.named_indicators)
        self.watched.set_finder(NamedFinder(named, _("indicator")))
        if self._step_id is None:
            if self._level:
                self.prefill("level", lambda: setattr(self.level, "value", self._level))
            return
        steps = (await self.ask(chain, self._goal_id)).steps
        old = next((step for step in steps if step.id == self._step_id), None)
        if old is None:
            raise NotFound(_("This step no longer exists."))
        self.prefill("level", lambda: setattr(self.level, "value", old.level))
        self.prefill("statement", lambda: self.words.fill(old.statement))
        self.prefill("assumption", lambda: self.assumption.fill(old.assumption))
        watched = [watch.indicator_id for watch in old.watches]
        self.prefill("indicator_ids", lambda: self.watched.fill(watched))

    def operation(self) -> Operation:
        """The use case."""
        fields = {
            "level": self.level.value,
            "statement": self.words.text,
            "assumption": self.assumption.text,
            "indicator_ids": self.watched.value,
        }
        if self._step_id is not None:
            return EditStep.of(step_id=self._step_id, **fields)
        return AddStep.of(goal_id=self._goal_id, **fields)
