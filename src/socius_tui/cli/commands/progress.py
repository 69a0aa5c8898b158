"""`socius progress`: the numbers of the indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from socius_tui.cli.completing import indicators, work_types
from socius_tui.cli.context import State, day, invalid, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Whole, argument, format_option, option
from socius_tui.i18n import N_, _, get_language

if TYPE_CHECKING:
    from socius_tui.services.session import Session


@click.group("progress", cls=Group, help=N_("Numbers of the indicators: enter, correct, list."))
def COMMAND() -> None:
    """The group."""


_which = argument(
    "measurement",
    metavar=N_("MEASUREMENT"),
    help=N_("Short code of the measurement: the first column of `socius progress list`."),
)


@COMMAND.command(
    "add",
    help=N_(
        "Enter a number for an indicator.\n\n"
        "A number, a part of a whole (40/57) or n.a. when it does not apply. 0 is a number too. "
        "An indicator that is told in words takes a sentence between quotes."
    ),
    examples=(
        "socius progress add OD1.1-a 12,5 --date 30/6/2018",
        "socius progress add OD2.3-b 40/57 --date gisteren --work-type bewegingen",
        'socius progress add OD4.1-a n.v.t. --date 31/12/2017 --note "Geen aanbod dit jaar"',
    ),
)
@argument(
    "indicator",
    metavar=N_("INDICATOR"),
    help=N_("Code or title of the indicator."),
    completer=indicators,
)
@argument("value", metavar=N_("VALUE"), help=N_("12, 12,5, 40/57, n.a. or a sentence."))
@option("--date", required=True, metavar=N_("DATE"), help=N_("The day that it is the state of."))
@option(
    "--work-type",
    metavar="NAME",
    help=N_("When it is about one work type."),
    completer=work_types,
)
@option("--qualifier", default="", metavar="TEXT", help=N_("What it is limited to."))
@option("--note", default="", metavar="TEXT", help=N_("What there is to say about it."))
@option("--evidence", default="", metavar="TEXT", help=N_("Where it can be found."))
@click.pass_obj
def add(
    state: State,
    indicator: str,
    value: str,
    date: str,
    work_type: str | None,
    qualifier: str,
    note: str,
    evidence: str,
) -> None:
    """Enter a measurement."""
    from socius_tui.services.handles import handle
    from socius_tui.services.measuring import AddMeasurement
    from socius_tui.services.resolve import find_indicator, find_work_type

    with state.session() as session:
        found = find_indicator(session, indicator)
        fields = _entry(session, found.id, value, note)
        measurement = AddMeasurement.of(
            indicator_id=found.id,
            observed_on=day(session, date, "--date"),
            work_type_id=find_work_type(session, work_type).id if work_type else None,
            qualifier=qualifier,
            evidence=evidence,
            **fields,
        )
        done = state.write(session, measurement)
    tell(f"{done.title} ({handle(done.ids('measurement')[0])})")


def _entry(session: Session, indicator_id: str, typed: str, note: str) -> dict[str, Any]:
    """What was typed as the fields of a measurement; words for an indicator told in words."""
    from socius_tui.domain.model import EntryForm, IndicatorKind
    from socius_tui.domain.numbers import parse_entry
    from socius_tui.domain.problem import InputProblem
    from socius_tui.services.detail import indicator_detail

    kind = indicator_detail(session, indicator_id).record.measure.kind
    try:
        entry = parse_entry(typed, get_language(), percent=kind is IndicatorKind.PERCENTAGE)
    except InputProblem as problem:
        if kind is IndicatorKind.NARRATIVE:
            return {"form": EntryForm.TEXT, "note": "\n".join(filter(None, (typed, note)))}
        raise invalid(_("VALUE"), problem.message, problem.hint) from problem
    return {
        "form": entry.form,
        "value": entry.value,
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "note": note,
    }


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("The measurements, newest first, exactly as they were entered."),
    examples=("socius progress list OD1.1-a", "socius progress list --limit 20 --format json"),
)
@argument(
    "indicator",
    required=False,
    metavar=N_("INDICATOR"),
    help=N_("Only of this indicator."),
    completer=indicators,
)
@option("--limit", type=Whole(), metavar="N", help=N_("At most so many."))
@format_option
@click.pass_obj
def list_(state: State, indicator: str | None, limit: int | None, form: str) -> None:
    """Print the measurements."""
    from socius_tui.services.exchange.tables import measurements_table
    from socius_tui.services.log import measurement_list
    from socius_tui.services.resolve import find_indicator

    with state.session() as session:
        indicator_id = find_indicator(session, indicator).id if indicator else None
        lines = measurement_list(session, indicator_id, limit=limit or -1)
    emit(measurements_table(lines), form, session.known_at)


@COMMAND.command(
    "edit",
    help=N_("Correct a measurement; what you do not give stays as it is."),
    examples=("socius progress edit 7f3k2 --value 13",),
)
@_which
@option("--value", metavar=N_("VALUE"), help=N_("12, 12,5, 40/57, n.a. or a sentence."))
@option("--date", metavar=N_("DATE"), help=N_("The day that it is the state of."))
@option(
    "--work-type",
    metavar="NAME",
    help=N_("When it is about one work type."),
    completer=work_types,
)
@option("--qualifier", metavar="TEXT", help=N_("What it is limited to."))
@option("--note", metavar="TEXT", help=N_("What there is to say about it."))
@option("--evidence", metavar="TEXT", help=N_("Where it can be found."))
@click.pass_obj
def edit(
    state: State,
    measurement: str,
    value: str | None,
    date: str | None,
    work_type: str | None,
    qualifier: str | None,
    note: str | None,
    evidence: str | None,
) -> None:
    """Correct a measurement."""
    from socius_tui.cli.choosing import find_measurement
    from socius_tui.services.log import measurement as one
    from socius_tui.services.measuring import EditMeasurement
    from socius_tui.services.resolve import find_work_type
    from socius_tui.services.rules import present

    with state.session() as session:
        old = present(one(session, find_measurement(session, measurement)))
        words = old.note if note is None else note
        fields: dict[str, Any] = {
            "form": old.form,
            "value": old.value,
            "numerator": old.numerator,
            "denominator": old.denominator,
            "note": words,
        }
        if value is not None:
            fields = _entry(session, old.indicator_id, value, note or "")
            fields["note"] = fields["note"] or words
        kept = find_work_type(session, old.work_type).id if old.work_type else None
        done = state.write(
            session,
            EditMeasurement.of(
                measurement_id=old.id,
                indicator_id=old.indicator_id,
                observed_on=maybe_day(session, date, "--date") or old.observed_on,
                work_type_id=find_work_type(session, work_type).id if work_type else kept,
                qualifier=old.qualifier if qualifier is None else qualifier,
                evidence=old.evidence if evidence is None else evidence,
                **fields,
            ),
        )
    tell(done.title)


@COMMAND.command(
    "retire",
    help=N_("Take a measurement that was a mistake out.\n\nNothing is deleted."),
    examples=("socius progress retire 7f3k2",),
)
@_which
@click.pass_obj
def retire(state: State, measurement: str) -> None:
    """Take a measurement out."""
    from socius_tui.cli.choosing import find_measurement
    from socius_tui.services.measuring import RetireMeasurement

    with state.session() as session:
        found = find_measurement(session, measurement)
        done = state.write(session, RetireMeasurement.of(measurement_id=found))
    tell(done.title)
