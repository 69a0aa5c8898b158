"""`socius indicator`: the page of one indicator."""

from __future__ import annotations

from typing import Final

import click

from socius_tui.cli.completing import indicators
from socius_tui.cli.context import State
from socius_tui.cli.output import (
    print_known,
    print_line,
    print_list,
    print_sheet,
    print_table,
    print_title,
    screen_width,
    write_exactly,
)
from socius_tui.cli.parts import Command, Words, argument, option
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _

_LAST: Final = 10

ABOUT = N_(
    "Everything about one indicator, as its page in the screens has it.\n\n"
    "What it measures and where it stands; target, value and what was expected of each period; "
    "the value by work type, with the part that is not assigned; forecasts by named methods; the "
    "last visits and the stories of its goal. `socius explain` writes the arithmetic out, "
    "`socius history` tells who changed what."
)


@click.command(
    "indicator",
    cls=Command,
    looks_back=True,
    help=ABOUT,
    examples=(
        "socius indicator OD1.1-c",
        "socius indicator OD1.1-c --as-of 31/12/2017",
        "socius indicator BO2-a --format json",
    ),
)
@argument(
    "code",
    metavar=N_("CODE"),
    help=N_("Code or title of the indicator."),
    completer=indicators,
)
@option(
    "--format",
    "form",
    type=Words("text", "json"),
    default="text",
    help=N_("How to print it: text to read, or one JSON object for another program."),
)
@click.pass_obj
def COMMAND(state: State, code: str, form: str) -> None:
    """Print the page."""
    from socius_tui.services.detail import indicator_detail
    from socius_tui.services.exchange import indicator_page
    from socius_tui.services.exchange.tables import visits_table
    from socius_tui.services.figures import period_label
    from socius_tui.services.late_marks import late_text
    from socius_tui.services.resolve import find_indicator

    with state.session() as session:
        page = indicator_detail(session, find_indicator(session, code).id)
        as_of, known_at = session.as_of, session.known_at
    if form == "json":
        write_exactly([indicator_page.json_text(page, as_of)])
        return
    print_sheet(f"{page.record.code} {page.record.title}", indicator_page.facts(page))
    print_line("")
    _print_sentence(page.chart_says)
    if drawn := indicator_page.spark(page):
        print_line(drawn)
    print_list(
        _("Changed after the period was closed"), [late_text(each) for each in page.line.late]
    )
    for title, table, there in (
        (_("Periods"), indicator_page.periods_table(page), page.periods),
        (_("By work type"), indicator_page.parts_table(page), page.breakdown.parts),
        (_("Forecasts"), indicator_page.outlook_table(page), page.outlook),
    ):
        if there:
            print_line("")
            print_title(title)
            print_table(table)
    for sentence in (page.breakdown_says, page.no_outlook):
        if sentence:
            print_line("")
            _print_sentence(sentence)
    for goal, story in page.narratives:
        facts = (
            (_("What happened"), story.what_happened),
            (_("So what"), story.so_what),
            (_("What next"), story.what_next),
        )
        print_line("")
        years = period_label(story.period_start, story.period_end)
        print_sheet(f"{goal} {years}", facts)
    if page.visits:
        print_line("")
        print_title(_("Last visits about it"))
        print_table(visits_table(page.visits[:_LAST]))
    print_known(known_at)


def _print_sentence(sentence: str) -> None:
    from socius_tui.cli.drawing import wrapped

    for line in wrapped(clean(sentence), screen_width()):
        print_line(line)
