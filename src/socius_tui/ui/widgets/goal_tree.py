"""The tree of the plan: goals and indicators with status, percentage and pace."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.lists import LIST, TREE
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

_SYMBOL_CELLS = 3  # gutter, symbol, gap: what stands before the label


class GoalTree(LineTable):
    """A list that unfolds: only what is unfolded is made into rows."""

    DOES: ClassVar[tuple[Command, ...]] = (*LIST, *TREE)
    BINDINGS = bindings(*TREE)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            (
                Column("", 1),
                Column(_("Goal or indicator")),
                Column("%", 5, "right"),
                Column(_("exp."), 5, "right", from_width=50),
                Column(_("pace"), 8, "right", from_width=42),
                Column("n/m", 5, "right", from_width=60),
            ),
            empty=_("This plan has no goals yet."),
            id=id,
        )
        self._status: PlanStatus | None = None
        self._expanded: set[str] = set()
        self._lines: list[StatusLine] = []

    async def show_status(self, status: PlanStatus) -> None:
        """Show a plan; what was unfolded stays so, at first the top level of a plan is."""
        if self._status is None or self._status.plan.id != status.plan.id:
            self._expanded |= {line.id for line in status.lines if line.depth < 2}
        self._status = status
        await self._unfold()

    async def reveal(self, identifier: str) -> bool:
        """Put the cursor on a goal or indicator, unfolding what is above it."""
        line = self._status.find(identifier) if self._status else None
        if self._status is None or line is None:
            return False
        parent = line.parent_id
        while parent is not None:
            self._expanded.add(parent)
            above = self._status.find(parent)
            parent = above.parent_id if above else None
        await self._unfold()
        return await self.go_to(line.id)

    @property
    def current(self) -> StatusLine | None:
        """The goal or indicator with the cursor."""
        key = self.current_key
        return next((line for line in self._lines if line.id == key), None)

    async def _unfold(self) -> None:
        self._lines = self._visible()
        await self.show([self._row(line) for line in self._lines])

    def _visible(self) -> list[StatusLine]:
        lines: list[StatusLine] = []
        closed: int | None = None
        for line in self._status.lines if self._status else ():
            if closed is not None and line.depth > closed:
                continue
            closed = None
            lines.append(line)
            if self._foldable(line) and line.id not in self._expanded:
                closed = line.depth
        return lines

    def _foldable(self, line: StatusLine) -> bool:
        return bool(self._status and self._status.children(line.id))

    def _row(self, line: StatusLine) -> Row:
        indicator = line.level == "indicator"
        fold = ("▾ " if line.id in self._expanded else "▸ ") if self._foldable(line) else "  "
        title = text.plain(line.title)
        label = text.join(
            " " * max(line.depth - 1, 0) * 2,
            text.dim(fold),
            ""
            if line.level == "plan"
            else text.styled(line.code + " ", "" if indicator else text.STRONG),
            text.join(text.late_mark(len(line.late)), " ") if line.late else "",
            title if indicator else title.stylize(text.STRONG) if line.depth < 2 else title,
        )
        if line.state and not line.of:  # an action that nothing measures: how it goes, no number
            word = text.dim(f" · {text.word(line.state)}")
            mark = text.action_state(line.state, word=False)
            return Row(line.id, (mark, text.join(label, word), "", "", "", ""))
        return Row(
            line.id,
            (
                text.status_symbol(line.status),
                label,
                show.percent(line.progress),
                text.dim(show.percent(line.expected_progress)),
                text.pace(line.days_behind, line.status),
                Content("") if indicator else text.with_data(line.with_data, line.of),
            ),
        )

    # Commands

    async def action_expand(self) -> None:
        """Unfold, or go to the first line below."""
        line = self.current
        if line is None or not self._foldable(line):
            return
        if line.id in self._expanded:
            self.cursor += 1
        else:
            self._expanded.add(line.id)
            await self._unfold()

    async def action_collapse(self) -> None:
        """Fold, or go to the line above."""
        line = self.current
        if line is None:
            return
        if line.id in self._expanded and self._foldable(line):
            self._expanded.discard(line.id)
            await self._unfold()
        elif line.parent_id is not None:
            await self.go_to(line.parent_id)

    async def action_fold(self) -> None:
        """Fold or unfold."""
        line = self.current
        if line is not None and self._foldable(line):
            self._expanded ^= {line.id}
            await self._unfold()

    async def action_expand_all(self) -> None:
        """Unfold everything."""
        if self._status is not None:
            self._expanded = {line.id for line in self._status.lines}
            await self._unfold()

    async def action_collapse_all(self) -> None:
        """Fold everything below the top level; the cursor goes to what is above it."""
        if self._status is None:
            return
        line = self.current
        while line is not None and line.depth > 1 and line.parent_id is not None:
            line = self._status.find(line.parent_id)
        self._expanded = {self._status.plan.id}
        await self._unfold()
        if line is not None:
            await self.go_to(line.id)

    def clicked(self, x: int) -> None:
        """The arrow folds and unfolds."""
        line = self.current
        if line is None:
            return
        arrow = _SYMBOL_CELLS + max(line.depth - 1, 0) * 2
        if arrow <= x < arrow + 2:
            start(self, self.action_fold)
