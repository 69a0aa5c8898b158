"""`socius history`: who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from socius_tui.cli.completing import goals_and_indicators, organisations, persons
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit, print_line, print_list, print_sheet
from socius_tui.cli.parts import Command, Whole, Words, argument, format_option, option
from socius_tui.cli.viewing import view_option, view_values
from socius_tui.domain.history import HistoryFilter
from socius_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socius_tui.domain.history import Place, Topic
    from socius_tui.services.session import Session

KINDS: Final = (
    "visits",
    "measurements",
    "targets",
    "follow-ups",
    "organisations",
    "goals",
    "people",
    "plan",
    "settings",
)
ENOUGH: Final = 50  # entries that a person reads at once


@click.command(
    "history",
    cls=Command,
    looks_back=True,
    help=N_(
        "Who changed what, when, from what to what.\n\n"
        "Of everything, or of one goal, indicator, organisation or visit; the newest first. What "
        "was taken out is in it too. With --full you see every row and column that changed. CSV, "
        "JSON and Markdown have a row for each column; docs/csv.md explains them. The text of "
        "private notes and the people met are never printed, only that they changed."
    ),
    examples=(
        "socius history OD1.1-a",
        "socius history VER-01 --full",
        "socius history --person Amber --since 1/1/2018 --kind visits",
        "socius history --text streefwaarde --format csv",
    ),
)
@argument(
    "about",
    metavar=N_("WHAT"),
    required=False,
    help=N_("Code or name of a goal, indicator or organisation, or short code of a visit."),
    completer=lambda state: [*goals_and_indicators(state), *organisations(state)],
)
@view_option
@option("--person", metavar="NAME", help=N_("Only what this person did."), completer=persons)
@option("--since", metavar=N_("DATE"), help=N_("Only from this day."))
@option("--until", metavar=N_("DATE"), help=N_("Only until this day."))
@option("--kind", type=Words(*KINDS), help=N_("Only changes of this kind."))
@option("--text", default="", metavar="TEXT", help=N_("Only where these words occur."))
@option("--limit", type=Whole(), metavar="N", help=N_("At most so many; a table stops at 50."))
@option("--full", is_flag=True, help=N_("Every row and column that changed, with whole texts."))
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    about: str | None,
    view: str | None,
    person: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    text: str,
    limit: int | None,
    full: bool,
    form: str,
) -> None:
    """Print the history."""
    from socius_tui.services.exchange.history_table import changes_table, entries_table
    from socius_tui.services.history import every_change, places, told
    from socius_tui.services.history_topics import find_actor, find_topic

    with state.session() as session:
        saved = HistoryFilter(**view_values(state, session, view, "history"))
        last = maybe_day(session, until, "--until") or saved.until
        if "--as-of" in state.given:
            last = min(last or session.as_of, session.as_of)
        wanted = HistoryFilter(
            actor=find_actor(session, person) if person else saved.actor,
            since=maybe_day(session, since, "--since") or saved.since,
            until=last,
            kind=kind or saved.kind,
            text=text or saved.text,
        )
        topic = find_topic(session, about) if about else None
        found = places(session, wanted, topic)
        most = limit or (ENOUGH if form == "table" else len(found))
        some = found[:most]
        if form != "table":
            emit(changes_table(every_change(session, some, topic)), form, session.known_at)
            return
        if full:
            _print_all(session, some, topic)
        else:
            emit(entries_table(told(session, some, topic)), form, session.known_at)
    left = len(found) - len(some)
    if left:
        sentence = ngettext(
            "{n} older one: --limit shows more.", "{n} older ones: --limit shows more.", left
        )
        print_line(sentence.format(n=left))


def _print_all(session: Session, found: Sequence[Place], topic: Topic | None) -> None:
    """Each entry with every row and column that changed."""
    from socius_tui.services.exchange.history_table import moment_word, what_and_whether
    from socius_tui.services.history import details, from_to, told
    from socius_tui.services.journal_words import verb_word

    for number, entry in enumerate(told(session, found, topic)):
        if number:
            print_line("")
        facts = ((_("when"), moment_word(entry)), (_("who"), entry.who), (_("why"), entry.reason))
        print_sheet(what_and_whether(entry), facts)
        for detail in details(session, entry.place, topic, full=True):
            lines = [from_to(detail.verb, field) for field in detail.fields]
            print_list(f"{detail.head}: {verb_word(detail.verb)}", lines)
