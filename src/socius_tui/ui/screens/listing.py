"""What the screens of visits and of organisations share: a list, its filters, a detail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget

from socius_tui.domain.records import FollowUpLine, Person, WorkType
from socius_tui.domain.saved_views import Stored, packed
from socius_tui.i18n import _
from socius_tui.services import register, resolve
from socius_tui.services.resolve import Named
from socius_tui.services.session import Operation, Session
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.widgets.filter_line import FilterLine
from socius_tui.ui.widgets.follow_up_table import FollowUpTable
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.work import start

T = TypeVar("T")
FilterT = TypeVar("FilterT")


class Surroundings(NamedTuple):
    """Names for the filters, and who is at the keyboard."""

    me: str | None
    persons: list[Person]
    work_types: list[WorkType]
    goals: list[Named]

    def person(self, identifier: str | None) -> str:
        """Somebody's name."""
        return next((p.name for p in self.persons if p.id == identifier), "")

    def work_type(self, identifier: str | None) -> str:
        """A work type's name."""
        return next((w.name for w in self.work_types if w.id == identifier), "")

    def goal(self, identifier: str | None) -> str:
        """A goal's code."""
        return next((g.code for g in self.goals if g.id == identifier), "")


def surroundings(session: Session) -> Surroundings:
    """Ask for all of it in one go."""
    return Surroundings(
        session.actor,
        register.staff(session),
        register.work_types(session),
        [*resolve.named_goals(session), *resolve.goals_of_others(session)],
    )


class ListScreen(SociusScreen):
    """A list at the left or above, what is chosen in it at the right or below.

    In a narrow terminal enter gives the detail the whole body, and escape the list again.
    """

    READING: ClassVar[str] = "-reading"
    DEFAULT_CSS = """
    ListScreen {
        & #sides { height: 1fr; layout: vertical; }
        & #list { height: 1fr; }
        & #chosen { height: 42%; }
        &.-wide #sides { layout: horizontal; }
        &.-wide #list { width: 3fr; height: 1fr; }
        &.-wide #chosen { width: 2fr; height: 1fr; }
        &.-narrow.-reading #list { display: none; }
        &.-narrow.-reading #chosen { height: 1fr; }
        &.-narrow #chosen ShortTable { max-height: 3; }
        &.-narrow #chosen FollowUpTable { max-height: 0; border: none; }
        &.-narrow.-reading #chosen ShortTable { max-height: 8; }
        &.-narrow.-reading #chosen FollowUpTable {
            max-height: 8; border-top: solid $border-blurred;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.known = Surroundings(None, [], [], [])
        self._from_top = False

    def sides(self, filters: FilterLine, listing: Pane, chosen: Pane) -> list[Widget]:
        """The widgets of the body."""
        return [filters, Container(listing, chosen, id="sides")]

    def table(self) -> LineTable:
        """The list."""
        raise NotImplementedError

    def follow_ups(self) -> FollowUpTable:
        """The follow-ups in the detail."""
        raise NotImplementedError

    def read_detail(self) -> None:
        """Put the focus in the detail."""
        raise NotImplementedError

    def choose_again(self) -> None:
        """Load what another filter or order lets through, from the top."""
        self._from_top = True
        self.reload()

    def to_top(self) -> None:
        """After other rows were loaded because the user asked for others."""
        if self._from_top:
            self._from_top = False
            self.table().cursor = 0

    def on_mount(self) -> None:
        """The list comes first."""
        self.table().focus()

    def open_detail(self) -> None:
        """Read what is chosen; in a narrow terminal with the whole body for it."""
        self.add_class(self.READING)
        self.read_detail()
        self.refresh_bindings()

    @property
    def is_reading(self) -> bool:
        """Whether the focus is in the detail."""
        return self.has_class(self.READING)

    def action_back(self) -> None:
        """From the detail to the list."""
        self.remove_class(self.READING)
        self.table().focus()
        self.refresh_bindings()

    def push(self, screen: Screen[T], then: Callable[[T | None], None] | None = None) -> None:
        """Open a dialog above this screen."""
        self.app.push_screen(screen, then)

    # Follow-ups of what is chosen

    def chosen_follow_up(self) -> FollowUpLine | None:
        """The follow-up that a command is about; asks to choose one when that is not clear."""
        table = self.follow_ups()
        chosen = table.chosen
        if chosen is None and table.waiting:
            self.open_detail()
            table.focus()
            self.socius.tell(_("Choose a follow-up with the arrows, then press the key again."))
        elif chosen is None:
            self.socius.tell(_("There is no open follow-up here."))
        return chosen

    def action_close_follow_up(self) -> None:
        """Say that a follow-up was done."""
        from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog

        chosen = self.chosen_follow_up()
        if chosen is not None:
            self.push(CloseFollowUpDialog(chosen))

    def edit_follow_up(self, line: FollowUpLine) -> None:
        """Correct a follow-up."""
        from socius_tui.ui.dialogs.follow_up import FollowUpDialog

        self.push(FollowUpDialog(follow_up=line))

    def take_out_follow_up(self, line: FollowUpLine) -> None:
        """Take a follow-up off the list."""
        from socius_tui.ui.dialogs.follow_up import take_out_follow_up

        self.confirm(*take_out_follow_up(line))

    def confirm(self, question: str, operation: Operation) -> None:
        """Ask before something is taken out, then do it."""
        from socius_tui.ui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, partial(self.write, operation), group="write")

        dialog = ConfirmDialog(
            question,
            more=_("It stays in the file and can be restored."),
            yes=_("Take out"),
            no=_("Keep"),
        )
        self.push(dialog, answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back is for who is in the detail."""
        if action == "back":
            return self.is_reading
        return super().check_action(action, parameters)


class FilteredScreen(ListScreen, Generic[FilterT]):
    """A list of which the filter can be chosen by keys, or all at once in a form."""

    wanted: FilterT

    def unfiltered(self) -> FilterT:
        """The filter that holds nothing back."""
        return type(self.wanted)()

    def held_back(self) -> dict[str, Stored]:
        """The filter as it can be saved."""
        return packed(self.NAME, self.wanted._asdict(), self.known.me)  # type: ignore[attr-defined]

    def show_view(self, values: Mapping[str, Any]) -> None:
        """The filter of a saved view, and nothing of the one before."""
        self.choose(self.unfiltered()._replace(**values))  # type: ignore[attr-defined]

    def want(self, **changes: object) -> None:
        """The same filter with something else in it."""
        self.choose(self.wanted._replace(**changes))  # type: ignore[attr-defined]

    def choose(self, wanted: FilterT | None) -> None:
        """Another filter; None is no choice."""
        if wanted is not None:
            self.wanted = wanted
            self.choose_again()

    def want_next_year(self, since: date | None, first: int, last: int) -> None:
        """The year before the one that is shown, from the last to the first; then all of them."""
        here = str(since.year) if since else None
        year = next_of(here, [str(year) for year in range(last, first - 1, -1)])
        if year is None:
            self.want(since=None, until=None)
        else:
            self.want(since=date(int(year), 1, 1), until=date(int(year), 12, 31))


def next_of(here: str | None, choices: list[str]) -> str | None:
    """The choice after this one; after the last comes None, which is everything."""
    if here is None:
        return choices[0] if choices else None
    place = choices.index(here) + 1 if here in choices else 0
    return choices[place] if place < len(choices) else None
