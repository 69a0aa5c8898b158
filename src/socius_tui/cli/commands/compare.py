"""`socius compare`: the plan beside another day, last year, the key figures, by work type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State, day
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.i18n import N_, _, get_language

if TYPE_CHECKING:
    from socius_tui.domain.comparison import Comparison
    from socius_tui.domain.deltas import Delta
    from socius_tui.services.session import Session

ABOUT = N_(
    "The plan as it is now, beside something else.\n\n"
    "With a date: how it stood on that day. last-year: on the same day a year ago. key-figures: "
    "the figures that the plan prints, through the years, with our values in the same unit. "
    "work-types: coverage and indicators of each work type.\n\n"
    "--deltas shows only what differs, the largest movement first: statuses that changed, then "
    "how far progress moved. A dash is that there is no number; it is not zero."
)


@click.command(
    "compare",
    cls=Command,
    looks_back=True,
    help=ABOUT,
    examples=(
        "socius compare",
        "socius compare --with 31/12/2017 --deltas",
        "socius compare --with key-figures --format csv",
        "socius compare --with work-types --as-of 31/12/2018",
    ),
)
@option(
    "--with",
    "other",
    metavar=N_("WHAT"),
    default="last-year",
    help=N_("A date, last-year (as without it), key-figures or work-types."),
)
@option("--deltas", is_flag=True, help=N_("Only what differs, the largest movement first."))
@format_option
@click.pass_obj
def COMMAND(state: State, other: str, deltas: bool, form: str) -> None:
    """Print a comparison."""
    from socius_tui.services import comparisons

    with state.session() as session:
        wanted = other.strip().casefold()
        if wanted == comparisons.KEY_FIGURES:
            _key_figures(session, form, deltas=deltas)
        elif wanted == comparisons.WORK_TYPES:
            _work_types(session, form, deltas=deltas)
        elif wanted == comparisons.LAST_YEAR:
            _days(session, comparisons.compare_last_year(session), form, deltas=deltas)
        else:
            found = comparisons.compare_days(session, day(session, other, "--with"))
            _days(session, found, form, deltas=deltas)


def _days(session: Session, found: Comparison, form: str, *, deltas: bool) -> None:
    from socius_tui.domain.dates import format_date
    from socius_tui.domain.deltas import changes
    from socius_tui.services.exchange.compare_tables import deltas_table
    from socius_tui.services.exchange.plan_tables import comparison_table

    moved = changes(found.lines)
    table = deltas_table(found, moved) if deltas else comparison_table(found)
    emit(table, form, session.known_at)
    if form in ("table", "markdown"):
        print_line("")
        tell(
            _("Before: {before}. Now: {now}.").format(
                before=format_date(found.before_on, get_language(), "long"),
                now=format_date(found.now_on, get_language(), "long"),
            )
        )
        tell(summary(moved, len(found.lines)))


def summary(deltas: tuple[Delta, ...], lines: int) -> str:
    """How many lines became what, in a sentence."""
    from socius_tui.domain.deltas import tally
    from socius_tui.services.wording import word

    parts = [f"{number} {word(verdict)}" for verdict, number in tally(deltas).items()]
    same = _("{n} the same").format(n=lines - len(deltas))
    return ", ".join([*parts, same]) + "."


def _key_figures(session: Session, form: str, *, deltas: bool) -> None:
    from socius_tui.domain.figures import figure_changes
    from socius_tui.services.comparisons import compare_key_figures
    from socius_tui.services.exchange.compare_tables import figures_table

    lines = compare_key_figures(session)
    emit(figures_table(figure_changes(lines) if deltas else lines), form, session.known_at)


def _work_types(session: Session, form: str, *, deltas: bool) -> None:
    from socius_tui.domain.figures import widest
    from socius_tui.services.comparisons import compare_work_types
    from socius_tui.services.exchange.compare_tables import work_types_table

    found = compare_work_types(session)
    lines = widest(found.lines) if deltas else found.lines
    emit(work_types_table(found, lines), form, session.known_at)
