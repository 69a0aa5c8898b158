"""The plan beside another day, last year, the key figures, or each work type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from socius_tui.domain.comparison import Comparison
from socius_tui.domain.dates import parse_date
from socius_tui.domain.deltas import changes, delta_of
from socius_tui.domain.figures import FigureLine, WorkTypesTable, figure_changes, widest
from socius_tui.domain.problem import InputProblem
from socius_tui.errors import SociusError
from socius_tui.i18n import _, get_language
from socius_tui.services import comparisons
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands import compare as commands
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets import compare_rows as rows
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start


class _Shown(NamedTuple):
    """What the list holds: columns, rows, and by key the line in full and what enter opens."""

    columns: tuple[Column, ...]
    rows: list[Row]
    in_full: dict[str, Callable[[], Content]]
    opens: dict[str, str]
    about: Content


class CompareWindow(Window[None]):
    """Side by side, or only what differs; stays open while a goal is looked up."""

    DOES: ClassVar[tuple[Command, ...]] = commands.COMPARE
    BINDINGS = bindings(*commands.COMPARE)
    DEFAULT_CSS = """
    CompareWindow {
        & > #window { width: 140; max-width: 100%; height: 92%; min-height: 12; }
        & LineTable { height: 1fr; }
        & #kinds, & #tally { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & #line { height: 2; margin-bottom: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._kind = comparisons.LAST_YEAR
        self._day: date | None = None
        self._only_changes = False
        self._found: Comparison | tuple[FigureLine, ...] | WorkTypesTable | None = None
        self._shown: _Shown | None = None

    def heading(self) -> Content:
        """What is compared."""
        return text.styled(_("Compare"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """The other form, open, close."""
        yield text.key_hint("enter", _("open the goal"))
        word = _("everything") if self._only_changes else _(commands.FORM.text)
        yield text.key_hint(commands.FORM.key, word)
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The kinds, what was found in a sentence, the list, the chosen line in full."""
        yield Static(id="kinds")
        yield Static(id="tally")
        yield LineTable((Column("", weight=1),), id="comparison")
        yield Static(id="line")

    def on_mount(self) -> None:
        """Last year first."""
        self.query_one(LineTable).focus()
        self._ask()

    # What is compared

    def action_kind(self, kind: str) -> None:
        """Something else to compare with."""
        self._kind = kind
        self._ask()

    def action_day(self) -> None:
        """With a day that somebody types."""
        self.app.push_screen(CompareDay(self._today, self._day), self._chosen)

    def _chosen(self, day: date | None) -> None:
        if day is not None:
            self._day = day
            self.action_kind(comparisons.DAY)

    def action_form(self) -> None:
        """Everything, or only what differs."""
        self._only_changes = not self._only_changes
        self.query_one("#hints", Static).update(text.spaced(self.hints()))
        if self._found is not None:
            self._show()

    def _ask(self) -> None:
        start(self, self._load, group="compare", exclusive=True)

    async def _load(self) -> None:
        self._show_kinds()
        ask = host(self).session.ask
        try:
            if self._kind == comparisons.DAY and self._day is not None:
                self._found = await ask(comparisons.compare_days, self._day)
            elif self._kind == comparisons.KEY_FIGURES:
                self._found = await ask(comparisons.compare_key_figures)
            elif self._kind == comparisons.WORK_TYPES:
                self._found = await ask(comparisons.compare_work_types)
            else:
                self._found = await ask(comparisons.compare_last_year)
        except SociusError as error:
            self._found = self._shown = None
            table = self.query_one(LineTable)
            table.empty = text.spaced((text.plain(str(error)), text.dim(error.hint)))
            table.put([])
            self.query_one("#tally", Static).update(text.NOTHING)
            self.query_one("#line", Static).update(text.NOTHING)
            return
        self._show()

    def _show_kinds(self) -> None:
        pieces = [
            Content.styled(f"{command.key} {_(command.text)}", "bold reverse")
            if kind == self._kind
            else text.key_hint(command.key, _(command.text))
            for kind, command in commands.KINDS.items()
        ]
        self.query_one("#kinds", Static).update(text.spaced(pieces))

    # What was found

    def _show(self) -> None:
        found = self._found
        if isinstance(found, Comparison):
            shown = _of_days(found, only_changes=self._only_changes)
        elif isinstance(found, WorkTypesTable):
            shown = _of_work_types(found, only_changes=self._only_changes)
        else:
            shown = _of_figures(found or (), only_changes=self._only_changes)
        self._shown = shown
        table = self.query_one(LineTable)
        table.columns = shown.columns
        table.empty = _("Nothing differs.")
        table.put(shown.rows)
        table.cursor = 0  # other lines, or another order: the first is what matters
        self.query_one("#tally", Static).update(shown.about)
        self._tell(table.current_key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another line."""
        self._tell(message.key)

    def _tell(self, key: str) -> None:
        said = self._shown.in_full.get(key) if self._shown is not None else None
        self.query_one("#line", Static).update(said() if said is not None else text.NOTHING)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Look it up; escape comes back here."""
        opens = self._shown.opens.get(message.key) if self._shown is not None else None
        if opens:
            self.app.post_message(OpenGoal(opens))


def _of_days(found: Comparison, *, only_changes: bool) -> _Shown:
    changed = changes(found.lines)
    lines = changed if only_changes else tuple(map(delta_of, found.lines))
    by_id = {delta.line.there.id: delta for delta in lines}
    days = text.plain(f"{show.day(found.before_on)} → {show.day(found.now_on)}")
    return _Shown(
        rows.day_columns(found),
        [rows.day_row(delta, indented=not only_changes) for delta in lines],
        {
            key: partial(rows.day_in_full, delta, found.before_on, found.now_on)
            for key, delta in by_id.items()
        },
        {key: key for key, delta in by_id.items() if delta.line.there.level != "plan"},
        text.spaced((days, rows.tally(changed, len(found.lines)))),
    )


def _of_figures(found: tuple[FigureLine, ...], *, only_changes: bool) -> _Shown:
    lines = figure_changes(found) if only_changes else found
    about = _("Figures that the plan prints; ours are indicators in the same unit, side by side.")
    return _Shown(
        rows.figure_columns(),
        [rows.figure_row(line, place) for place, line in enumerate(lines)],
        {str(place): partial(rows.figure_in_full, line) for place, line in enumerate(lines)},
        {
            str(place): next((ours.id for ours in line.ours if ours.value is not None), "")
            for place, line in enumerate(lines)
        },
        text.dim(about),
    )


def _of_work_types(found: WorkTypesTable, *, only_changes: bool) -> _Shown:
    lines = widest(found.lines) if only_changes else found.lines
    names = [name for _id, name in found.work_types]
    return _Shown(
        rows.work_type_columns(names),
        [rows.work_type_row(line, place) for place, line in enumerate(lines)],
        {
            str(place): partial(rows.work_type_in_full, line, names)
            for place, line in enumerate(lines)
        },
        {str(place): line.id for place, line in enumerate(lines)},
        text.dim(_("A value with its share; a dash is that nothing was measured for it.")),
    )


class CompareDay(Window[date]):
    """Asks for a day."""

    DEFAULT_CSS = """
    CompareDay {
        & > #window { width: 60; }
        & #understood { height: auto; min-height: 1; margin-bottom: 1; }
    }
    """

    def __init__(self, today: date, day: date | None) -> None:
        super().__init__()
        self._today, self._day = today, day

    def heading(self) -> Content:
        """What is asked."""
        return text.styled(_("Compare with which day?"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Enter, and close."""
        return (text.key_hint("enter", _("compare")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """The field, and what was understood."""
        typed = self._day.isoformat() if self._day else ""
        yield Input(typed, placeholder=_("2016-03-14, 14/3, yesterday, -2"))
        yield Static(id="understood")

    def on_mount(self) -> None:
        """Begin to type."""
        self.query_one(Input).focus()

    def _read(self) -> date:
        return parse_date(
            self.query_one(Input).value.strip(), today=self._today, lang=get_language()
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what was understood while somebody types."""
        said = text.NOTHING
        if event.value.strip():
            try:
                said = text.plain(f"→ {show.long_day(self._read())}")
            except InputProblem as problem:
                said = text.lines((text.styled(str(problem), "$error"), text.dim(problem.hint)))
        self.query_one("#understood", Static).update(said)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Compare with it, when it is a day."""
        try:
            self.dismiss(self._read())
        except InputProblem:
            return
