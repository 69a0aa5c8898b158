"""`socius plan draft`: a plan file proposed from a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from socius_tui.cli.context import State, invalid
from socius_tui.cli.output import tell, tell_aside, write_exactly
from socius_tui.cli.parts import Command, Words, argument, option
from socius_tui.domain.dates import parse_date
from socius_tui.domain.problem import InputProblem
from socius_tui.i18n import N_, _, get_language, ngettext

_MOST: Final = 50  # remarks on the screen

if TYPE_CHECKING:
    from socius_tui.services.exchange.plan_draft import PlanDraft


def _vocabularies(_state: State) -> list[tuple[str, str]]:
    from socius_tui.services.exchange.plan_vocabulary import all_vocabularies

    return [(one.code, one.name) for one in all_vocabularies()]


@click.command(
    "draft",
    cls=Command,
    help=N_(
        "Propose a plan file from the text of a plan.\n\n"
        "Reads a document (text, such as pdftotext makes), finds the headings of its goals and "
        "writes a plan file with their codes, titles, places and line numbers, to be looked "
        "through. The proposal is held against the document's own overview and the numbers it "
        "gives; what does not fit is said with its lines, above the goal in the file too."
    ),
    examples=(
        "pdftotext beleidsplan.pdf beleidsplan.txt",
        "socius plan draft beleidsplan.txt --output plan.toml",
        "socius plan draft meerjarenplan.txt --vocabulary lokaal-bestuur --output -",
        "socius init --plan plan.toml",
    ),
)
@argument("file", metavar=N_("FILE"), help=N_("The text of the plan."))
@option(
    "--output",
    default="plan.toml",
    metavar=N_("FILE"),
    help=N_("The file to write, plan.toml if nothing is said; - is the screen."),
)
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@option(
    "--vocabulary",
    default="",
    metavar=N_("NAME|FILE"),
    help=N_("The words for goals: a name, or a file of your own; else the words that fit best."),
    completer=_vocabularies,
)
@option("--report", metavar=N_("FILE"), help=N_("Write the remarks to a file as well (CSV)."))
@option("--code", default="", metavar=N_("CODE"), help=N_("The short name of the plan."))
@option("--title", default="", metavar=N_("TEXT"), help=N_("The title of the plan."))
@option("--organisation", default="", metavar=N_("NAME"), help=N_("Whose plan it is."))
@option("--from", "start", metavar=N_("DATE"), help=N_("First day of the policy period."))
@option("--until", "end", metavar=N_("DATE"), help=N_("Last day of the policy period."))
@option(
    "--format",
    "form",
    type=Words("toml", "json"),
    default="toml",
    help=N_("A plan file, or JSON with everything that was found."),
)
def DRAFT(
    file: str,
    output: str,
    force: bool,
    vocabulary: str,
    report: str | None,
    code: str,
    title: str,
    organisation: str,
    start: str | None,
    end: str | None,
    form: str,
) -> None:
    """Read, propose, write, and say what is to be looked at."""
    from socius_tui.services.exchange.csvfile import csv_lines
    from socius_tui.services.exchange.newfile import write_file
    from socius_tui.services.exchange.plan_draft import Facts, draft_plan, plan_json, plan_toml
    from socius_tui.services.exchange.plan_remarks import remarks_table

    given = Facts(
        _text("--code", code, 60),
        _text("--title", title, 500),
        _text("--organisation", organisation, 500),
        _day("--from", start),
        _day("--until", end),
    )
    if given.starts_on and given.ends_on and given.starts_on > given.ends_on:
        raise invalid("--until", _("The plan ends before it starts."))
    draft = draft_plan(Path(file).expanduser(), words=vocabulary, given=given)
    parts = [plan_json(draft)] if form == "json" else list(plan_toml(draft))
    if output == "-":
        write_exactly(parts)
    else:
        write_file(Path(output).expanduser(), parts, force=force)
    if report is not None:
        write_file(Path(report).expanduser(), csv_lines(remarks_table(draft.remarks)), force=force)
    _tell_all(draft)
    if output == "-":
        return
    tell(_("Written to {path}.").format(path=output))
    if form == "toml":
        tell(
            _("Look it through, then: `socius init --plan {path}` for a new file, or "
              "`socius import plan {path}` for the one you have.").format(path=output)
        )  # fmt: skip


def _text(name: str, typed: str, limit: int) -> str:
    from socius_tui.domain.text import check_text
    from socius_tui.services.exchange.fields import check_code

    try:
        text = check_text(typed, max_length=limit)
        return check_code(text) if text and name == "--code" else text
    except InputProblem as problem:
        raise invalid(name, problem.message, problem.hint) from problem


def _day(name: str, typed: str | None) -> date | None:
    if typed is None:
        return None
    from socius_tui.services.clock import SystemClock

    try:
        return parse_date(typed, today=SystemClock().today(), lang=get_language())
    except InputProblem as problem:
        raise invalid(name, problem.message, problem.hint) from problem


def _tell_all(draft: PlanDraft) -> None:
    """On stderr: what was found, what it was held against, and every remark."""
    from socius_tui.services.exchange.plan_draft import unfinished
    from socius_tui.services.exchange.plan_remarks import sentence, summary

    for line in summary(draft.proposal):
        tell_aside(line)
    to_look_at = [remark for remark in draft.remarks if remark.look]
    notes = [remark for remark in draft.remarks if not remark.look]
    for title, remarks in (
        (
            ngettext("{n} thing to look at:", "{n} things to look at:", len(to_look_at)),
            to_look_at,
        ),
        (
            ngettext("{n} note on how it was read:", "{n} notes on how it was read:", len(notes)),
            notes,
        ),
    ):
        if remarks:
            tell_aside(title.format(n=len(remarks)))
        for remark in remarks[:_MOST]:
            tell_aside(sentence(remark), indent=2)
        if len(remarks) > _MOST:
            tell_aside(
                _("… and {n} more; --report FILE has all of them.").format(n=len(remarks) - _MOST),
                indent=2,
            )
    problems = unfinished(draft)
    if problems:
        tell_aside(_("It is no whole plan file yet: {problem}").format(problem=problems[0]))
