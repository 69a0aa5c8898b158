"""The tables of the analysis of the plan: findings, the survey, the chain of a goal."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.analysis import Statement
from socius_tui.domain.chain import Chain, Step
from socius_tui.domain.survey import SurveyGroup
from socius_tui.i18n import N_
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.handles import handle
from socius_tui.services.wording import symbol


def statements_table(statements: Sequence[Statement]) -> Table:
    """Findings, with the short code by which one is named."""
    return Table(
        (
            Column("id", N_("Code"), "text", lambda x: handle(x.id)),
            Column("kind", N_("List"), "code", lambda x: x.kind),
            Column("statement", N_("Finding"), "text", lambda x: x.statement, flow="wrap"),
            Column("strategy", N_("Place"), "code", lambda x: x.strategy),
            Column("goals", N_("Goals"), "names", lambda x: tuple(g.code for g in x.goals)),
            Column("lines", N_("Lines"), "text", lambda x: x.source_line, seen=False),
        ),
        statements,
    )


def survey_table(groups: Sequence[SurveyGroup]) -> Table:
    """The stakeholder survey as it was reported; an empty cell is not a zero."""
    names = {group.id: group.name for group in groups}
    return Table(
        (
            Column("group", N_("Group"), "text", lambda x: x.name),
            Column("part_of", N_("Part of"), "text", lambda x: names.get(x.whole or "", "")),
            Column("total", N_("Total"), "number", lambda x: x.total),
            Column("reached", N_("reached"), "number", lambda x: x.reached),
            Column("not_reached", N_("not r."), "number", lambda x: x.not_reached),
            Column("small", N_("small"), "number", lambda x: x.small),
            Column("medium", N_("medium"), "number", lambda x: x.medium),
            Column("large", N_("large"), "number", lambda x: x.large),
            Column("administrative", N_("admin."), "number", lambda x: x.administrative),
            Column("agogic", N_("agogic"), "number", lambda x: x.agogic),
            Column("coordinator", N_("coord."), "number", lambda x: x.coordinator),
        ),
        groups,
    )


def chain_table(chain: Chain) -> Table:
    """The steps of a chain, with the indicators that watch each."""
    return Table(
        (
            Column("id", N_("Code"), "text", lambda x: handle(x.id)),
            Column("level", N_("Step"), "code", lambda x: x.level),
            Column("statement", N_("What"), "text", lambda x: x.statement, flow="wrap"),
            Column("indicators", N_("Watched by"), "names", _codes, _watched, flow="wrap"),
            Column("assumption", N_("Assumption"), "text", lambda x: x.assumption, flow="wrap"),
        ),
        chain.steps,
    )


def _codes(step: Step) -> tuple[str, ...]:
    return tuple(watch.code for watch in step.watches)


def _watched(step: Step) -> str:
    return ", ".join(f"{symbol(watch.status)} {watch.code}" for watch in step.watches)
