"""`socius import`: lists that come in; always a look first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socius_tui.cli.context import State, invalid
from socius_tui.cli.importing import ask_and_write, print_preview, tell_mappings
from socius_tui.cli.parts import Command, Group, Whole, Words, argument, format_option, option
from socius_tui.errors import EXIT_DATA, EXIT_DONE
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.services.importing.preparing import Listed
    from socius_tui.services.importing.taking import Choices
    from socius_tui.services.session import Session


@click.group(
    "import",
    cls=Group,
    help=N_(
        "Take in lists from spreadsheets: CSV, Excel (XLSX), LibreOffice (ODS), JSON Lines.\n\n"
        "You always see first what would become of each row: new, changed (field by field), the "
        "same, or refused with the reason. Then it asks. All of the list is written or nothing, in "
        "one step that `socius undo` takes back. What is in the list already changes nothing: the "
        "same file can be taken in twice. An empty cell leaves what is there."
    ),
    examples=(
        "socius import organisations erkenningen.xlsx",
        "socius import measurements metingen.csv --dry-run",
        "socius import visits bezoeken.ods --quarantine fouten.csv",
    ),
)
def COMMAND() -> None:
    """The group."""


def _options(function: Any) -> Any:
    """What every kind of list can be told."""
    for decorate in (
        argument("file", metavar=N_("FILE"), help=N_("The list.")),
        option("--dry-run", is_flag=True, help=N_("Only look; nothing is asked or written.")),
        option("--yes", is_flag=True, help=N_("Write it without asking.")),
        option("--quarantine", metavar=N_("FILE"),
               help=N_("Write the rows that are right; put the others, with why, in this CSV.")),
        option("--force", is_flag=True, help=N_("Replace the quarantine file if it is there.")),
        option("--map", "maps", multiple=True, metavar="HEADER=FIELD",
               help=N_("Say which field a column is; nothing after = leaves it out.")),
        option("--mapping", default="", metavar=N_("NAME"),
               help=N_("Read the columns as was kept under this name.")),
        option("--save-mapping", default="", metavar=N_("NAME"),
               help=N_("Keep how the columns are read, for the next list.")),
        option("--sheet", metavar=N_("NAME"), help=N_("The sheet of a workbook.")),
        option("--encoding", metavar=N_("NAME"),
               help=N_("How letters are stored: utf-8, utf-16, cp1252.")),
        option("--delimiter", metavar=N_("SIGN"), help=N_("What is between the cells of a CSV.")),
        option("--decimals", type=Words("comma", "point"),
               help=N_("What is before the decimals: 12,5 or 12.5.")),
        option("--dates", type=Words("day-first", "month-first"),
               help=N_("What comes first in 3/4/2016.")),
        format_option,
    ):  # fmt: skip
        function = decorate(function)
    return function


def _carry_out(state: State, kind: str, choices: Choices | None = None, **given: Any) -> int:
    """Look at a list, and write it when that is wanted."""
    from socius_tui.services.importing.preparing import prepare
    from socius_tui.services.importing.taking import Choices as Chosen

    with state.session() as session:
        state.be_someone_if_known(session)
        listed = prepare(
            session,
            kind,
            Path(given["file"]).expanduser(),
            hints=_hints(given),
            given=_maps(given["maps"]),
            named=given["mapping"],
            choices=choices or Chosen(),
        )
        return _go_on(state, session, listed, given)


def _go_on(state: State, session: Session, listed: Listed, given: dict[str, Any]) -> int:
    preview = print_preview(session, listed, given["form"])
    rejected = preview.counts["rejected"]  # type: ignore[index]  # a State is its word
    if given["dry_run"]:
        return EXIT_DATA if rejected else EXIT_DONE
    return ask_and_write(
        state,
        session,
        listed,
        preview,
        yes=given["yes"],
        quarantine=given["quarantine"],
        force=given["force"],
        save_as=given["save_mapping"],
    )


def _hints(given: dict[str, Any]) -> Any:
    from socius_tui.services.exchange.tabular.source import Hints

    days = given["dates"]
    return Hints(
        sheet=given["sheet"],
        encoding=given["encoding"],
        delimiter={"tab": "\t", "\\t": "\t"}.get(given["delimiter"] or "", given["delimiter"]),
        decimals=given["decimals"],
        days=days.replace("-", "_") if days else None,
    )


def _maps(typed: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in typed:
        header, sign, field = text.rpartition("=")
        if not sign or not header:
            raise invalid(
                "--map", _("“{text}” is not a header and a field").format(text=text),
                _('Write --map "Naam vzw=name".'),
            )  # fmt: skip
        found[header] = field
    return found


def _same(typed: tuple[str, ...]) -> dict[int, str]:
    found = {}
    for text in typed:
        row, _sign, code = text.partition("=")
        if not row.isdecimal() or not code:
            raise invalid(
                "--same", _("“{text}” is not a row and an organisation").format(text=text),
                _("Write --same 12=VER-03."),
            )  # fmt: skip
        found[int(row)] = code
    return found


@COMMAND.command(
    "organisations",
    help=N_(
        "Organisations of the register.\n\n"
        "One is found by its code, else its enterprise number, else its name and municipality. A "
        "new one that looks like one in the register is refused until you say whether it is the "
        "same (--same) or really new (--new)."
    ),
    examples=(
        "socius import organisations erkenningen.xlsx",
        "socius import organisations lijst.csv --same 12=VER-03 --new 14",
    ),
)
@_options
@option("--same", multiple=True, metavar="ROW=CODE",
        help=N_("This row is that organisation."))  # fmt: skip
@option("--new", multiple=True, type=Whole(), metavar="ROW", help=N_("This row is really new."))
@option("--all-new", is_flag=True, help=N_("Every row that looks like another is really new."))
@click.pass_obj
def organisations(
    state: State, /, same: tuple[str, ...], new: tuple[int, ...], all_new: bool, **given: Any
) -> int:
    """Take in organisations."""
    from socius_tui.services.importing.taking import Choices

    choices = Choices(_same(same), frozenset(new), all_new)
    return _carry_out(state, "organisations", choices, **given)


_HELP = {
    "contacts": N_(
        "People at organisations: personal data, so only what you need.\n\n"
        "Somebody is found by organisation and name, else by an e-mail address with a name that "
        "looks like it."
    ),
    "measurements": N_(
        "Measurements of indicators.\n\n"
        "One is found by its id, else by indicator, date, qualifier and work type. Only what the "
        "form for progress would take is taken."
    ),
    "visits": N_(
        "Visits to organisations, with goals, needs, people met and what was promised.\n\n"
        "One is found by its id, else by organisation and date, and who went where that is given. "
        "Several goals or needs in a cell are separated by semicolons."
    ),
    "plan": N_(
        "Goals, indicators and targets: what is new or changed in the plan that the file has.\n\n"
        "A plan file (TOML, docs/plan-file.md), or a list with a row for each goal, indicator or "
        "target. They are found by their code, a target by indicator and period. What is not in "
        "the list stays; nothing is taken out."
    ),
    "assignments": N_(
        "Who is contact person of which work type, from when until when.\n\n"
        "Who was it before hands over, with the open follow-ups, as `socius assign` does."
    ),
}


def _add(kind: str) -> None:
    @COMMAND.command(
        kind,
        cls=Command,
        help=_HELP[kind],
        examples=(f"socius import {kind} FILE", f"socius import {kind} FILE --dry-run"),
    )
    @_options
    @click.pass_obj
    def take_in(state: State, /, **given: Any) -> int:
        """Take in a list of this kind."""
        return _carry_out(state, kind, **given)


for _kind in _HELP:
    _add(_kind)


@COMMAND.command(
    "mappings",
    help=N_("The ways to read a list that were kept with --save-mapping."),
    examples=("socius import mappings",),
)
@format_option
@click.pass_obj
def list_mappings(state: State, form: str) -> None:
    """List them."""
    with state.session() as session:
        tell_mappings(session, form)
