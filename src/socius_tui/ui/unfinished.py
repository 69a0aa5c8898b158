"""Offers the forms that were not saved, and keeps those that are open when the program is ended."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from socius_tui.domain.drafts import Draft
from socius_tui.errors import SociusError
from socius_tui.i18n import _, ngettext
from socius_tui.services.drafting import take_draft, waiting_drafts
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.ui.app import SociusApp
    from socius_tui.ui.dialogs.keeper import DraftKeeper

_SIGNALS = ("SIGHUP", "SIGTERM")  # the terminal was closed; somebody wants the program to end


async def offer(app: SociusApp, *, asked: bool = False) -> None:
    """List the unfinished forms; when nobody asked, only if there are any and nothing is open."""
    try:
        kept = await app.session.ask(waiting_drafts, {keeper.id for keeper in _keepers(app)})
    except SociusError as error:
        if asked:
            app.complain(error)
        return  # else the screen says it
    if not kept:
        if asked:
            app.tell(_("There are no unfinished forms."))
    elif asked or not app.screen.is_modal:
        from socius_tui.ui.dialogs.drafts import DraftsDialog

        app.push_screen(DraftsDialog(kept), partial(_go_on, app))
    else:  # somebody types already: a window would take the keys
        number = ngettext("{n} unfinished form waits.", "{n} unfinished forms wait.", len(kept))
        where = _("“Unfinished forms” among the commands shows them.")
        app.tell(f"{number.format(n=len(kept))} {where}")


async def _go_on(app: SociusApp, kept: Draft | None) -> None:
    """Open the form again; where that cannot be, say so and show the list again."""
    if kept is None:
        return
    from socius_tui.ui.dialogs.reopening import reopened

    try:
        form = await reopened(app.session, await app.session.ask(take_draft, kept.id))
    except SociusError as error:
        app.complain(error)
        await offer(app, asked=True)
        return
    app.push_screen(form)


def _keepers(app: SociusApp) -> Iterator[DraftKeeper]:
    """Of every form that is open; what a form is, is not loaded for it."""
    for name in app.screens_made:
        for screen in app.get_screen_stack(name):
            keeper: DraftKeeper | None = getattr(screen, "keeper", None)
            if keeper is not None:
                yield keeper


def mind_signals(app: SociusApp) -> None:
    """From now on a signal that ends the program waits until what is typed is kept."""
    if os.name != "posix":
        return
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name)
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores it: so it stays
            loop.add_signal_handler(number, _ended_by, app, number)


def _ended_by(app: SociusApp, number: int) -> None:
    asyncio.get_running_loop().remove_signal_handler(number)  # a second one does not wait
    start(app, partial(_keep_and_end, app, number), group="signal")


async def _keep_and_end(app: SociusApp, number: int) -> None:
    for keeper in _keepers(app):
        await keeper.now()
    if number == signal.SIGTERM:
        app.exit(return_code=128 + number)
    else:  # no terminal to put back as it was
        os.kill(os.getpid(), number)
