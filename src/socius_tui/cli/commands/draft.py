"""`socius draft`: forms that were not saved."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_sheet, tell
from socius_tui.cli.parts import Group, argument, format_option
from socius_tui.i18n import N_, _


@click.group("draft", cls=Group, help=N_("Unfinished forms: list, show, discard."))
def COMMAND() -> None:
    """The group."""


_which = argument(
    "draft",
    metavar=N_("FORM"),
    help=N_("Short code of the form: the first column of `socius draft list`."),
)


@COMMAND.command(
    "list",
    help=N_(
        "The forms that you began and did not save, the last one typed first.\n\n"
        "`socius` offers them when it starts. One that is open in a window is not listed."
    ),
    examples=("socius draft list", "socius draft list --format json"),
)
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the drafts."""
    from socius_tui.services.drafting import waiting_drafts
    from socius_tui.services.exchange.tables import drafts_table

    with state.session() as session:
        state.be_someone(session)
        kept = waiting_drafts(session)
    emit(drafts_table(kept), form)


@COMMAND.command(
    "show",
    help=N_("Everything that was typed in an unfinished form."),
    examples=("socius draft show 7f3k2",),
)
@_which
@click.pass_obj
def show(state: State, draft: str) -> None:
    """Print what was typed."""
    from socius_tui.services.drafting import find_draft, form_word, typed_words

    with state.session() as session:
        state.be_someone(session)
        kept = find_draft(session, draft)
    title = " ".join(filter(None, (form_word(kept), kept.about)))
    print_sheet(title, typed_words(kept))


@COMMAND.command(
    "discard",
    help=N_("Throw away an unfinished form, for good."),
    examples=("socius draft discard 7f3k2",),
)
@_which
@click.pass_obj
def discard(state: State, draft: str) -> None:
    """Remove a draft."""
    from socius_tui.services.drafting import discard_draft, find_draft, form_word

    with state.session() as session:
        state.be_someone(session)
        gone = discard_draft(session, find_draft(session, draft).id)
    title = " ".join(filter(None, (form_word(gone), gone.about)))
    tell(_("Thrown away: {form}").format(form=title))
