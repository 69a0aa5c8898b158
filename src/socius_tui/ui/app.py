"""The application: puts session, screens, themes and messages together, and does nothing else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.command import Provider
from textual.screen import Screen

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.records import SearchHit
from socius_tui.errors import Busy, SociusError
from socius_tui.i18n import _
from socius_tui.services import log
from socius_tui.services.looking import look_at, look_at_plan, look_at_plan_of, pulse
from socius_tui.services.session import BackgroundSession, Operation, Session
from socius_tui.ui import themes
from socius_tui.ui.commands.command import bindings
from socius_tui.ui.commands.shared import BACK, PALETTE
from socius_tui.ui.desk import Desk
from socius_tui.ui.fitted import Fit, FittedApp
from socius_tui.ui.messages import (
    DataChanged,
    OpenGoal,
    OpenOrganisation,
    OpenView,
    OpenVisit,
    OpenWorkType,
    ShowVisits,
)
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.trail import Place, Trail, chosen_in
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.services.setup import FirstStart

PULSE_SECONDS = 1.0
#: The screens by their module, in the order of their keys.
SCREENS = ("overview", "goals", "visits", "organisations", "agenda", "report", "history")
BACKUP_BEATS = 60  # pulses between two looks at whether it is time for a backup
FIRST_BACKUP_BEAT = 5
WARM_UP_SECONDS = 0.4


def _palette() -> type[Provider]:
    from socius_tui.ui.providers.commands import CommandProvider

    return CommandProvider


class SociusApp(FittedApp):
    """The program in the terminal.

    `open_session` opens the file, on the thread that will use it. `create` is given when
    there is no file yet: the first-start form is shown, and what was chosen goes there.
    `keymap` gives command ids other keys.
    """

    TITLE = "Socius"
    CSS_PATH = "styles/base.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    COMMAND_PALETTE_BINDING = PALETTE.key
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = bindings(PALETTE, BACK)

    def __init__(
        self,
        open_session: Callable[[], Session],
        *,
        create: Callable[[FirstStart], None] | None = None,
        keymap: Mapping[str, str] | None = None,
        theme: str = themes.DARK.name,
        fit: Fit = Fit(),  # noqa: B008 (it cannot be changed)
    ) -> None:
        super().__init__(fit)
        self.session = BackgroundSession(open_session)
        self._create = create
        self.own_keys: Mapping[str, str] = dict(keymap or {})
        self._opened: dict[str, SociusScreen] = {}
        self._trail = Trail()
        self.desk = Desk(self)
        self._pulse: tuple[tuple[int, int], date] | None = None
        self._warm = False
        self._beats = 0
        self._backup_failed = False
        for name in SCREENS:
            self.add_mode(name, lambda name=name: self._make(name))  # type: ignore[misc]
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self.theme = theme if theme in self.available_themes else themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for a theme that does not have them."""
        return themes.our_colours(self.current_theme)

    # Screens

    def _make(self, name: str) -> Screen[Any]:
        from importlib import import_module

        # Each screen is loaded when it is first asked for: the first paint pays for one.
        module = import_module(f"socius_tui.ui.screens.{name}")
        screen = cast(SociusScreen, module.SCREEN())
        # In the form for its width from the start: else Textual styles all of it twice.
        screen.add_class(screen.form_at(self.size.width), update=False)
        self._opened[name] = screen
        self.fit_screen(screen)
        return screen

    async def on_mount(self) -> None:
        """The first screen is there; above it the first-start form if there is no file yet."""
        self._set_keys()
        if self._create is not None:
            from socius_tui.ui.dialogs.first_start import FirstStartDialog

            await self.push_screen(FirstStartDialog(self._create), self._first_start)
        if not self.is_headless:
            from socius_tui.ui.unfinished import mind_signals

            mind_signals(self)
        if self.has_file:  # what others write from the first load on is news
            start(self, self._feel_pulse, group="pulse", exclusive=True)
        self.set_interval(PULSE_SECONDS, self.feel_pulse)

    @property
    def has_file(self) -> bool:
        """Whether there is something to show."""
        return self._create is None

    def data_shown(self) -> None:
        """A screen shows its data; after the first time there is time for the rest."""
        if not self._warm:
            self._warm = True
            self.offer_unfinished()
            self.desk.open_day()
            self.tour_when_new()
            self.set_timer(WARM_UP_SECONDS, self._warm_up)

    def offer_unfinished(self, *, asked: bool = False) -> None:
        """Forms that were not saved when the program ended; `asked` also when there are none."""
        from socius_tui.ui.unfinished import offer

        if self.has_file:
            start(self, partial(offer, self, asked=asked), group="unfinished")

    @property
    def screens_made(self) -> list[str]:
        """The names of the screens that were opened so far."""
        return list(self._opened)

    @work(thread=True, group="warm-up")
    def _warm_up(self) -> None:
        """Load the rest once there is something to see, so that the first key finds it."""
        from importlib import import_module

        for screen in SCREENS:
            import_module(f"socius_tui.ui.screens.{screen}")
        for form in ("visit", "progress", "follow_up"):
            import_module(f"socius_tui.ui.dialogs.{form}")
        if not gc.isenabled():  # `socius` starts without: see cli/__init__.py
            gc.freeze()  # modules stay: no need to walk through them ever again
            gc.enable()

    def _set_keys(self) -> None:
        """The keys of the settings; what is wrong with them is told."""
        if self.own_keys:
            from socius_tui.ui.keymap import checked

            keys, problems = checked(self.own_keys)
            for problem in problems:
                self.complain(problem)
            self.set_keymap(keys)

    def go(self, name: str) -> None:
        """To one of the screens; an open dialog stays where it is."""
        self._trail.forget()
        self.switch_mode(name)

    def _first_start(self, chosen: FirstStart | None) -> None:
        """The file is there, or the user does not want one."""
        if chosen is None:
            self.exit()
            return
        self._create = None
        self.tour_waits = True
        self._opened[self.DEFAULT_MODE].reload()

    async def action_quit(self) -> None:
        """Close the program; a form asks before anything typed is thrown away."""
        leave = getattr(self.screen, "action_leave", None)
        if leave is not None and getattr(self.screen, "changed", False):
            leave()
        else:
            self.leave()

    def leave(self) -> None:
        """Close the program, after an exchange where that goes by itself; again: at once."""
        self.desk.close_day()

    # Writing, and the news of it

    async def write(
        self, operation: Operation, *, reason: str = "", draft: str | None = None
    ) -> ChangeSet:
        """Carry out a use case, tell everybody and name it; raises SociusError when refused."""
        changes = await self.session.write(operation, reason=reason, draft=draft)
        self.post_message(DataChanged(changes))
        self.tell(changes.title)
        return changes

    def on_data_changed(self, news: DataChanged) -> None:
        """Screens that are seen load again, the others when they are seen."""
        seen = self.screen_stack
        for screen in self._opened.values():
            if screen in seen:
                screen.data_changed(news)
            else:
                screen.stale = True
        if self._warm:
            self.desk.look_soon()

    def feel_pulse(self) -> None:
        """See whether another program wrote in the file, or another day began."""
        if self._create is None:
            start(self, self._feel_pulse, group="pulse", exclusive=True)
            if self._beats % BACKUP_BEATS == FIRST_BACKUP_BEAT:
                start(self, self.back_up_when_due, group="backup")
            self._beats += 1

    async def _feel_pulse(self) -> None:
        try:
            felt = await self.session.ask(pulse)
        except SociusError:
            return  # the screen says it when it asks
        before, self._pulse = self._pulse, felt
        if before is not None and before != felt:
            self.post_message(DataChanged(None))

    async def back_up_when_due(self) -> None:
        """Make a backup beside everything else when it is time; a failure is told once."""
        from socius_tui.services.backups import when_due
        from socius_tui.services.publishing import refresh

        try:
            await self.session.ask(refresh)
            job = await self.session.ask(when_due)
            if job is not None:
                await asyncio.to_thread(job)
                self._backup_failed = False
        except Busy:
            return  # another program is at it; there is a next time
        except SociusError as error:
            if not self._backup_failed:
                self._backup_failed = True
                self.complain(error)

    async def back_up(self) -> None:
        """Make a backup now, and say so."""
        from socius_tui.services.backups import job, made_shortly

        try:
            made = await asyncio.to_thread(await self.session.ask(job))
        except SociusError as error:
            self.complain(error)
            return
        self.tell(made_shortly(made))

    async def look_at(self, choice: tuple[date | None, datetime | None] | None) -> None:
        """Look at the plan on another day, as known at a moment; None is no choice.

        In a choice None is today, and now.
        """
        if choice is None:
            return
        try:
            await self.session.ask(look_at, *choice)
        except SociusError as error:
            self.complain(error)
            return
        self.post_message(DataChanged(None))

    async def look_at_plan(self, plan_id: str | None) -> None:
        """Look at another plan of the file; None is no choice."""
        if plan_id is None:
            return
        try:
            await self.session.ask(look_at_plan, plan_id)
        except SociusError as error:
            self.complain(error)
            return
        self.post_message(DataChanged(None))

    # Where to go

    async def open_hit(self, hit: SearchHit | None) -> None:
        """Go to what was found."""
        if hit is None:
            return
        if hit.kind in ("goal", "indicator"):
            self.post_message(OpenGoal(hit.id))
        elif hit.kind == "organisation":
            self.post_message(OpenOrganisation(hit.id))
        elif hit.kind == "visit":
            self.post_message(OpenVisit(hit.id))
        elif hit.kind == "measurement":
            await self.open_measurement(hit.id)

    async def open_measurement(self, measurement_id: str) -> None:
        """Go to the indicator of a measurement."""
        try:
            line = await self.session.ask(log.measurement, measurement_id)
        except SociusError as error:
            self.complain(error)
            return
        if line is not None:
            self.post_message(OpenGoal(line.indicator_id))

    def on_open_goal(self, message: OpenGoal) -> None:
        """Show a goal or an indicator, in its own plan."""
        start(self, partial(self._open_goal, message.identifier), group="open")

    async def _open_goal(self, identifier: str) -> None:
        try:
            other = await self.session.ask(look_at_plan_of, identifier)
        except SociusError as error:
            self.complain(error)
            return
        if other:
            self.tell(_("You are looking at the plan {title} now.").format(title=other))
            self.post_message(DataChanged(None))
        await self._open("goals", identifier)

    async def on_open_visit(self, message: OpenVisit) -> None:
        """Show a visit."""
        await self._open("visits", message.identifier)

    async def on_open_organisation(self, message: OpenOrganisation) -> None:
        """Show an organisation."""
        await self._open("organisations", message.identifier)

    async def on_open_work_type(self, message: OpenWorkType) -> None:
        """Show the organisations of a work type."""
        screen = await self._leave_for("organisations")
        screen.show_work_type(message.identifier)

    async def on_open_view(self, message: OpenView) -> None:
        """Show a saved view."""
        screen = await self._leave_for(message.screen)
        screen.show_view(message.values)

    async def on_show_visits(self, message: ShowVisits) -> None:
        """Show the visits that a filter lets through."""
        screen = await self._leave_for("visits")
        screen.show_visits(message.wanted)

    async def _open(self, name: str, identifier: str) -> None:
        screen = await self._leave_for(name)
        screen.open_item(identifier)

    async def _leave_for(self, name: str) -> SociusScreen:
        """To a screen, remembering where that was asked."""
        here = self.current_mode
        if here != name and here in self._opened:
            self._trail.leave(Place(here, chosen_in(self._opened[here].subject())))
        await self.switch_mode(name)
        return self._opened[name]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back when somebody came from elsewhere."""
        if action == "back_to_place":
            return bool(self._trail)
        return super().check_action(action, parameters)

    async def action_back_to_place(self) -> None:
        """To the screen from which this was opened, as it was left."""
        place = self._trail.back()
        if place is None:
            return
        await self.switch_mode(place.screen)
        screen = self._opened[place.screen]
        if place.chosen and chosen_in(screen.subject()) != place.chosen:
            screen.open_item(place.chosen)
        self.screen.refresh_bindings()

    def screens_opened(self) -> Iterable[SociusScreen]:
        """The screens that were opened so far."""
        return self._opened.values()

    async def on_unmount(self) -> None:
        """Close the file; other programs read in it how the plan stands now."""
        if self.has_file:
            from socius_tui.services.publishing import refresh

            with suppress(SociusError):
                await self.session.ask(refresh)
        await self.session.close()


def run(
    open_session: Callable[[], Session],
    *,
    create: Callable[[FirstStart], None] | None = None,
    keymap: Mapping[str, str] | None = None,
    theme: str = themes.DARK.name,
    fit: Fit = Fit(),  # noqa: B008 (it cannot be changed)
) -> int:
    """Run the program until it is closed; gives the exit code."""
    app = SociusApp(open_session, create=create, keymap=keymap, theme=theme, fit=fit)
    app.run()
    return app.return_code or 0
