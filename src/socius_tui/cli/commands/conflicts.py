"""`socius conflicts`: what laptops disagree about, and the decision of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, print_sheet, tell
from socius_tui.cli.parts import Command, argument, format_option, option
from socius_tui.errors import EXIT_DONE, InvalidInput
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.domain.conflicts import Conflict, Side


@click.command(
    "conflicts",
    cls=Command,
    help=N_(
        "What laptops disagree about, until somebody decides.\n\n"
        "When two people changed the same thing without knowing of each other, both words are "
        "kept: one stands, the other is in this list. So is what does not go together, such as "
        "two contact persons for one work type. With a CODE it tells all about one of them, or "
        "decides it."
    ),
    examples=(
        "socius conflicts",
        "socius conflicts 3f9k2c",
        "socius conflicts 3f9k2c --keep",
        "socius conflicts 3f9k2c --take-other --note 'An has the right number'",
        "socius conflicts --format csv",
    ),
)
@argument("code", required=False, metavar=N_("CODE"), help=N_("One of the codes in the list."))
@option("--keep", is_flag=True, help=N_("Leave it as it stands; it is decided then."))
@option("--take-other", is_flag=True, help=N_("Take what else was written."))
@option("--note", default="", metavar=N_("TEXT"), help=N_("Why, for who looks back."))
@format_option
@click.pass_obj
def COMMAND(
    state: State, code: str | None, keep: bool, take_other: bool, note: str, form: str
) -> int:
    """List, tell, or decide."""
    from socius_tui.services.exchange.conflict_table import conflicts_table
    from socius_tui.services.sync.conflicts import Decide, conflicts, find_conflict

    if (keep or take_other) and code is None:
        raise InvalidInput(
            _("Which conflict? Give its code."),
            field="CODE",
            hint=_("The codes are in the list: `socius conflicts`."),
        )
    if keep and take_other:
        raise InvalidInput(
            _("Choose one: --keep or --take-other."), field="--keep", hint=_("Leave one out.")
        )
    with state.session() as session:
        if code is None:
            found = conflicts(session)
            if found or form != "table":
                emit(conflicts_table(found), form)
            else:
                tell(_("There is nothing to decide: nobody disagrees."))
            return EXIT_DONE
        one = find_conflict(session, code)
        if not (keep or take_other):
            if form == "table":
                _print(one)
            else:
                emit(conflicts_table([one]), form)
            return EXIT_DONE
        done = state.write(
            session,
            Decide.of(
                rule=one.rule,
                subject=one.subject,
                choice="other" if take_other else "kept",
                note=note,
            ),
        )
    tell(done.title)
    return EXIT_DONE


def _print(one: Conflict) -> None:
    from socius_tui.services.handles import handle

    facts = [(_("What happened"), one.sentence)]
    if one.field:
        facts.append((_("Field"), one.field))
    if one.stands is not None:
        facts.append((_("Stands"), _side(one.stands)))
    if one.other is not None:
        facts.append((_("Also written"), _side(one.other)))
    facts.append((_("What to do"), one.advice))
    print_sheet(one.what, facts)
    command = f"  socius conflicts {handle(one.id)}"
    print_line(f"{command} --keep")
    if "other" in one.choices:
        print_line(f"{command} --take-other")


def _side(side: Side) -> str:
    return _("{value} ({who}, {moment}, laptop {computer})").format(**side._asdict())
