"""`socius report`: the plan as a document to read, to print and to send."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socius_tui.cli.completing import work_types
from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import tell, write_exactly
from socius_tui.cli.parts import Group, Words, argument, option
from socius_tui.domain.text import clean
from socius_tui.errors import InvalidInput
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.domain.report import Form, Wanted
    from socius_tui.services.session import Session


@click.group(
    "report",
    cls=Group,
    help=N_(
        "Reports to read, to print and to send: Markdown, HTML or PDF.\n\n"
        "Numbers and story of every goal stand together; what is not known is named. In the footer "
        "you find the day, what was known, and a hash of the content: the same file gives the same "
        "report. Private notes and people met stay out unless you ask for them."
    ),
    examples=(
        "socius report year 2018 jaar.html",
        "socius report board bestuur.pdf",
        "socius report visits --work-type bewegingen -",
    ),
)
def COMMAND() -> None:
    """The group."""


def _output(function: Any) -> Any:
    """The options of every report: where it goes, in which form."""
    for decorate in (
        option("--force", is_flag=True, help=N_("Replace the file if it is there.")),
        option(
            "--format",
            "form",
            type=Words("md", "html", "pdf"),
            help=N_("Markdown, HTML or PDF; else the extension of the file says which."),
        ),
    ):
        function = decorate(function)
    return function


_file = argument(
    "file",
    required=False,
    default="-",
    metavar=N_("FILE"),
    help=N_("The file to write, such as report.pdf; without it, or with -, the screen."),
)
_private = option(
    "--include-private",
    "private",
    is_flag=True,
    help=N_("Private notes and people met too: for your own eyes."),
)


@COMMAND.command(
    "year",
    looks_back=True,
    help=N_(
        "The progress report of a year.\n\n"
        "Goal by goal: where it stands, its numbers and charts, and its story; then coverage, "
        "promises, forecasts, what is not known, and what was changed afterwards. It looks on "
        "31 December, or today when the year is not over, unless you give --as-of."
    ),
    examples=(
        "socius report year 2017 jaarverslag-2017.pdf",
        "socius report year 2017 jaar.html --known-at 15/1/2018 --lang en",
    ),
)
@argument("year", metavar=N_("YEAR"), help=N_("The year, such as 2017."))
@_file
@_output
@_private
@click.pass_obj
def year(state: State, year: str, file: str, form: str | None, force: bool, private: bool) -> None:
    """Write the report of a year."""
    from socius_tui.domain.report import Kind, Wanted
    from socius_tui.services.reports.build import year_of

    wanted = Wanted(Kind.YEAR, year_of(_year(year)), private=private)
    _write(state, lambda _session: wanted, file, form, force=force)


@COMMAND.command(
    "half-year",
    looks_back=True,
    help=N_("The progress report of half a year: as that of a year, until 30 June or 31 December."),
    examples=(
        "socius report half-year 2018-1 halfjaar.html",
        "socius report half-year 2018 1 halfjaar.pdf",
    ),
)
@argument("half", metavar=N_("HALF"), help=N_("2018-1 or 2018-2; also as two words."))
@argument(
    "rest",
    nargs=-1,
    metavar=N_("[FILE]"),
    help=N_("The file to write, such as report.pdf; without it, or with -, the screen."),
)
@_output
@_private
@click.pass_obj
def half_year(
    state: State, half: str, rest: tuple[str, ...], form: str | None, force: bool, private: bool
) -> None:
    """Write the report of half a year."""
    from socius_tui.domain.report import Kind, Wanted
    from socius_tui.services.reports.build import half_of

    words = [*half.split("-", 1), *rest]
    if len(words) < 2 or words[1] not in ("1", "2"):
        raise invalid(
            "HALF",
            _("“{text}” is not a half-year.").format(text=clean(half, limit=20)),
            _("Write 2018-1 for January to June of 2018, 2018-2 for July to December."),
        )
    if len(words) > 3:
        raise InvalidInput(_("“{text}” is too much here.").format(text=clean(words[3], limit=40)))
    wanted = Wanted(Kind.HALF_YEAR, half_of(_year(words[0]), int(words[1])), private=private)
    _write(state, lambda _session: wanted, words[2] if words[2:] else "-", form, force=force)


@COMMAND.command(
    "board",
    looks_back=True,
    help=N_(
        "One page for the board.\n\n"
        "How the plan stands, what moved in the last three months, what is furthest behind, how "
        "much of the sector was visited. One sheet of A4 as PDF and in print."
    ),
    examples=(
        "socius report board bestuur.pdf",
        "socius report board bestuur.pdf --as-of 31/3/2018",
    ),
)
@_file
@_output
@click.pass_obj
def board(state: State, file: str, form: str | None, force: bool) -> None:
    """Write the page for the board."""
    from socius_tui.domain.report import Kind, Wanted

    _write(state, lambda _session: Wanted(Kind.BOARD), file, form, force=force)


@COMMAND.command(
    "department",
    looks_back=True,
    help=N_(
        "For the yearly consultation with the department and the cabinet.\n\n"
        "Its agenda: how the plan was carried out in the last twelve months, what is planned, open "
        "points, and points from partners."
    ),
    examples=("socius report department overleg.pdf --as-of 15/11/2017",),
)
@_file
@_output
@_private
@click.pass_obj
def department(state: State, file: str, form: str | None, force: bool, private: bool) -> None:
    """Write the report for the department."""
    from socius_tui.domain.report import Kind, Wanted

    wanted = Wanted(Kind.DEPARTMENT, private=private)
    _write(state, lambda _session: wanted, file, form, force=force)


@COMMAND.command(
    "visits",
    looks_back=True,
    help=N_(
        "The visits of a period, of one work type or of all.\n\n"
        "How many, by whom, which needs were heard, and what was said; the year so far unless you "
        "give --since and --until."
    ),
    examples=(
        "socius report visits bezoeken.html --work-type bewegingen",
        "socius report visits bezoeken.pdf --since 1/1/2016 --until 31/12/2016",
    ),
)
@_file
@option("--work-type", metavar="NAME", help=N_("Only this work type."), completer=work_types)
@option("--since", metavar=N_("DATE"), help=N_("Only from this day."))
@option("--until", metavar=N_("DATE"), help=N_("Only until this day."))
@_output
@_private
@click.pass_obj
def visits(
    state: State,
    file: str,
    work_type: str | None,
    since: str | None,
    until: str | None,
    form: str | None,
    force: bool,
    private: bool,
) -> None:
    """Write the report of visits."""
    from socius_tui.domain.model import Period
    from socius_tui.domain.report import Kind, Wanted

    def make(session: Session) -> Wanted:
        from socius_tui.services.resolve import find_work_type

        last = maybe_day(session, until, "--until") or session.as_of
        first = maybe_day(session, since, "--since") or last.replace(month=1, day=1)
        if first > last:
            raise invalid("--since", _("it is after the end"), _("Give the earlier day first."))
        chosen = find_work_type(session, work_type).id if work_type else None
        return Wanted(Kind.VISITS, Period(first, last), work_type_id=chosen, private=private)

    _write(state, make, file, form, force=force)


def _year(typed: str) -> int:
    if re.fullmatch("(19|20|21)[0-9]{2}", typed):
        return int(typed)
    raise invalid(
        _("YEAR"),
        _("“{text}” is not a year.").format(text=clean(typed, limit=20)),
        _("Write the whole year, such as {year}.").format(year=2018),
    )


def _write(
    state: State, make: Callable[[Session], Wanted], file: str, typed: str | None, *, force: bool
) -> None:
    """Build a report and write it; say where it is and what its content hash is."""
    from socius_tui.domain.report import HASH_SHOWN
    from socius_tui.services.exchange.reports.render import render
    from socius_tui.services.reports.build import build_report

    form = _form(file, typed)
    with state.session() as session:
        wanted = make(session)
        if "--as-of" in state.given:
            wanted = wanted._replace(as_of=session.as_of)
        report = build_report(session, wanted)
    content = render(report, form)
    if file == "-":
        write_exactly([content.decode("utf-8")])
        return
    from socius_tui.services.exchange.newfile import write_file

    path = Path(file).expanduser()
    write_file(path, [content], force=force)
    tell(
        _("{title}: written to {path}, content {hash}").format(
            title=report.title, path=path, hash=report.content_hash[:HASH_SHOWN]
        )
    )


def _form(file: str, typed: str | None) -> Form:
    """The form that was asked for, else that of the file. Raises InvalidInput."""
    from socius_tui.domain.report import Form
    from socius_tui.services.exchange.reports.render import form_of

    if typed is None and file != "-" and form_of(file) is None and Path(file).suffix:
        raise InvalidInput(
            _("The name {file} does not say which form the report is to have.").format(
                file=clean(file, limit=80)
            ),
            hint=_("Let it end in .html, .pdf or .md, or say it with --format."),
        )
    found = Form(typed) if typed else form_of(file)
    if file == "-":
        if found is Form.PDF:
            raise invalid(
                "--format", _("a PDF is not for the screen"), _("Give the name of a file.")
            )
        return found or Form.MARKDOWN
    return found or Form.HTML
