"""Opens the screens; where there is no terminal, prints the overview instead."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from socius_tui.cli.context import BROWSER_VARIABLE, State
from socius_tui.errors import EXIT_DONE

if TYPE_CHECKING:
    from socius_tui.services.session import Session
    from socius_tui.services.setup import FirstStart


def at_a_terminal() -> bool:
    """Whether somebody can see screens and press keys: in a terminal, or in a browser."""
    if os.environ.get(BROWSER_VARIABLE):
        return True
    if os.environ.get("TERM", "") == "dumb":
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def open_screens(state: State, path: Path | None = None, *, start: str = "") -> int:
    """Open the interface on the file (by default that of the options); gives the exit code.

    It begins on the screen `start`, else where the settings say, else by the role of the person.
    """
    path = path or state.path
    if not at_a_terminal():
        print_overview(state, path)
        return EXIT_DONE
    from socius_tui.remembered import load_remembered, remember
    from socius_tui.services.starting import Start, start_for
    from socius_tui.ui.app import SCREENS, run
    from socius_tui.ui.fitted import Fit, forget

    missing = not path.exists() and not path.is_symlink()
    begin = Start()
    settings, remembered = state.settings, load_remembered()
    if not missing:
        # What is wrong with the file is said here, in words, before the screen is taken.
        with state.open(path) as session:
            state.be_someone_if_known(session)
            begin = start_for(session, start or settings.start, SCREENS)

    def open_session() -> Session:
        session = state.open(path)
        state.be_someone_if_known(session)
        return session

    def create(chosen: FirstStart) -> None:
        from socius_tui.services.setup import create_database

        create_database(path, chosen)
        if chosen.person:
            state.given["--as"] = chosen.person

    fit = Fit(
        begin,
        settings.density or remembered.density,
        tour=not remembered.tour_seen,
        remember=forget if state.only_look else remember,
        only_look=state.only_look,
    )
    return run(
        open_session,
        create=create if missing else None,
        keymap=settings.keymap,
        theme=settings.theme or remembered.theme,
        fit=fit,
    )


def print_overview(state: State, path: Path) -> None:
    """The goals and the coverage, as text."""
    from socius_tui.cli.output import print_known, print_line, print_table
    from socius_tui.cli.showing import print_late
    from socius_tui.i18n import _
    from socius_tui.services.exchange.tables import coverage_table, status_table
    from socius_tui.services.overview import coverage, plan_status

    with state.session(path) as session:
        status = plan_status(session)
        covered = coverage(session)
    goals = [line for line in status.lines if line.level != "indicator"]
    print_table(status_table(status.as_of, goals))
    print_late(goals, status)
    print_line("")
    print_line(_("Visited since the start of the plan"))
    print_table(coverage_table(covered))
    print_known(session.known_at)
