"""A list of goals, indicators and targets for the plan that the file has: what is new or changed.

A plan file (TOML) comes in the same way (`planlist.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError

from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Frequency,
    GoalKind,
    IndicatorKind,
    Judging,
    Scope,
)
from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.plancheck import PARENTS, computed_problems, sheet_problems
from socius_tui.services.exchange.planfile import (
    GoalTable,
    IndicatorTable,
)
from socius_tui.services.exchange.sentences import sentence_of
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.importing.fields import Field
from socius_tui.services.importing.outcome import FieldChange, ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import Choices, Taker, differences, needed, text_in
from socius_tui.services.importing.words import LEVEL
from socius_tui.services.measuring import SetTarget
from socius_tui.services.planning import goal_columns, indicator_columns
from socius_tui.services.rules import the_plan
from socius_tui.store import lookups
from socius_tui.store.plans import load_goals, load_indicators, targets_of
from socius_tui.store.unit_of_work import Transaction

_GOAL: Final = ("kind", "code", "title", "summary", "challenge", "source_line", "year", "parent_id")
_INDICATOR: Final = (
    "code", "title", "definition", "unit", "kind", "direction", "aggregation", "scope", "judging",
    "sphere", "source_kind", "collection_method", "frequency", "baseline_value", "baseline_on",
    "band_low", "band_high", "computed", "computed_linked", "weight", "origin", "source_line",
    "goal_id",
)  # fmt: skip
_BAND: Final = ("band_low", "band_high")
_NUMBERS: Final = ("baseline", "weight")
#: What an indicator of a list is when the list does not say.
_USUAL: Final = {"kind": "count", "aggregation": "sum", "sphere": "control", "origin": "own"}


def _words(codes: type[Any]) -> dict[str, tuple[str, ...]]:
    return {str(code): () for code in codes}


class _Row(NamedTuple):
    """A row to write: to which table, the columns."""

    table: str
    columns: dict[str, Any]


class TakePlan(Taker):
    """Finds a goal or an indicator by its code, a target by indicator and period."""

    FIELDS = (
        Field("level", N_("Level"), ("niveau", "soort rij"), "code", codes=LEVEL),
        Field("code", N_("Code"), ("nummer",), limit=60, required=True),
        Field("parent", N_("Is below"), ("onder", "valt onder", "doel", "goal"), limit=60),
        Field("title", N_("Title"), ("titel", "naam", "omschrijving"), limit=500),
        Field("summary", N_("Summary"), ("samenvatting", "toelichting"), "prose", 20_000),
        Field("challenge", N_("Policy challenge"), ("beleidsuitdaging", "uitdaging"), "prose",
              20_000),
        Field("definition", N_("Definition"), ("definitie",), "prose", 20_000),
        Field("unit", N_("Unit"), ("eenheid",), limit=60),
        Field("kind", N_("Kind"), ("soort", "type"), "code", codes=_words(IndicatorKind)),
        Field("direction", N_("Direction"), ("richting",), "code", codes=_words(Direction)),
        Field("band_low", N_("Lowest good value"), ("ondergrens", "minimum"), "number"),
        Field("band_high", N_("Highest good value"), ("bovengrens", "maximum"), "number"),
        Field("aggregation", N_("Values become"), ("samenvoeging",), "code",
              codes=_words(Aggregation)),
        Field("scope", N_("Target counts"), ("bereik",), "code", codes=_words(Scope)),
        Field("judging", N_("Judged"), ("beoordeling",), "code", codes=_words(Judging)),
        Field("sphere", N_("Sphere"), ("sfeer",), "code",
              codes={"control": ("controle",), "influence": ("invloed",),
                     "ambition": ("ambitie",)}),
        Field("source_kind", N_("Kind of source"), ("soort bron",), "code",
              codes={"self_registration": ("eigen registratie",),
                     "administrative": ("administratief",), "research": ("onderzoek",)}),
        Field("collection_method", N_("Collection"), ("verzameling",), limit=500),
        Field("frequency", N_("Reported"), ("frequentie",), "code", codes=_words(Frequency)),
        Field("baseline", N_("Baseline"), ("nulmeting", "beginwaarde"), "number"),
        Field("baseline_on", N_("Day of the baseline"), ("datum nulmeting",), "day"),
        Field("computed", N_("Counts by itself"), ("telt zelf",), "code", codes=_words(Computed)),
        Field("computed_linked", N_("Only what is linked"), ("alleen gekoppeld",), "code",
              codes={"yes": ("ja", "true", "1"), "no": ("nee", "false", "0")}),
        Field("weight", N_("Weight"), ("gewicht",), "number"),
        Field("origin", N_("Origin"), ("herkomst",), "code",
              codes={"plan": (), "example": ("voorbeeld",), "own": ("eigen",)}),
        Field("source_line", N_("Lines of the source"), ("bronregel",), limit=120),
        Field("year", N_("Year"), ("jaar",), "number"),
        Field("from", N_("From"), ("van", "vanaf", "period start"), "day"),
        Field("until", N_("Until"), ("tot", "tot en met", "period end"), "day"),
        Field("target", N_("Target"), ("streefwaarde", "doelwaarde"), "number"),
        Field("qualifier", N_("Qualifier"), ("kenmerk", "doelgroep"), limit=120),
        Field("reason", N_("Reason"), ("reden",), "prose", 2_000),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        connection = transaction.connection
        self._plan = the_plan(transaction)
        goals = load_goals(connection, self._plan.id)
        indicators = load_indicators(connection, self._plan.id)
        self._goals = {fold(goal.code): (goal.id, GoalKind(goal.kind)) for goal in goals}
        self._codes = {goal.id: goal.code for goal in goals}
        self._indicators = {fold(each.code): each.id for each in indicators}
        self._place = len(goals) + len(indicators)

    def take(self, row: ListRow) -> Outcome:
        """What the row would do to the plan."""
        code = str(needed(row, "code"))
        level = text_in(row, "level") or self._level(row, code)
        if level == "plan":
            return Outcome(State.SAME, code)
        if level == "target":
            return self._target(row, code)
        self.once(fold(code), row, "code")
        others = self._goals if level == "indicator" else self._indicators
        if fold(code) in others:
            raise Refused(
                "code.taken",
                _("This code is used more than once in the plan."),
                _("A goal and an indicator cannot have the same code."),
                "code",
            )
        return self._indicator(row, code) if level == "indicator" else self._goal(row, code, level)

    def write(self, outcome: Outcome) -> None:
        """Add it, or change what differs."""
        transaction = self.transaction
        if isinstance(outcome.values, SetTarget):
            outcome.values.apply(transaction)
            return
        assert isinstance(outcome.values, _Row)
        table, columns = outcome.values
        if outcome.id:
            transaction.change(table, outcome.id, columns)
            return
        self._place += 1
        identifier = transaction.insert(table, {**columns, "position": self._place})
        code = fold(str(columns["code"]))
        if table == "goal":
            self._codes[identifier] = str(columns["code"])
            self._goals[code] = (identifier, GoalKind(columns["kind"]))
        else:
            self._indicators[code] = identifier

    def _level(self, row: ListRow, code: str) -> str:
        """What a row is that does not say it: what has this code, else what its fields say."""
        if row.values.get("target") is not None and not text_in(row, "title"):
            return "target"
        if fold(code) in self._indicators:
            return "indicator"
        if fold(code) in self._goals:
            return self._goals[fold(code)][1].value
        return str(needed(row, "level"))

    # Goals

    def _goal(self, row: ListRow, code: str, level: str) -> Outcome:
        known = self._goals.get(fold(code))
        if known and known[1] != level:
            raise Refused(
                "goal.kind",
                _("{code} is a goal of kind “{kind}” in the plan.").format(
                    code=code, kind=known[1]
                ),
                _("Leave the cell empty; a goal of another kind gets another code."),
                "level",
            )
        connection = self.transaction.connection
        there = lookups.row_of(connection, "goal", known[0], _GOAL) if known else {}
        given = {name: value for name, value in row.values.items() if value is not None}
        values: dict[str, Any] = {
            **{name: value for name, value in there.items() if value},
            **{name: given[name] for name in _GOAL if name in given and name != "kind"},
            "kind": level,
        }
        values.pop("parent_id", None)
        if "year" in values:
            values["year"] = _year(values["year"])
        goal = _checked(GoalTable, values)
        columns: dict[str, Any] = goal_columns(goal)
        if not known or text_in(row, "parent"):
            columns["parent_id"] = self._parent(row, goal.kind)
        self._check_year(goal)
        label = f"{code} {goal.title}"
        if known:
            return self._changed("goal", known[0], label, columns, there)
        return Outcome(State.NEW, label, values=_Row("goal", {**columns, "plan_id": self._plan.id}))

    def _check_year(self, goal: GoalTable) -> None:
        """An action has a year of the plan, and nothing else has one. Raises Refused."""
        period = self._plan.rules.period
        if goal.kind is not GoalKind.ACTION:
            if goal.year is not None:
                raise Refused("goal.year", _("Only an action has a year."), "", "year")
        elif goal.year is None:
            sentence = _("An action needs the year that it is planned in.")
            raise Refused("goal.year", sentence, "", "year")
        elif not period.start.year <= goal.year <= period.end.year:
            raise Refused("goal.year", _("This year is outside the plan."), "", "year")

    def _parent(self, row: ListRow, kind: GoalKind) -> str | None:
        allowed = PARENTS[kind]
        parent = text_in(row, "parent")
        if not allowed and not parent:
            return None
        found = self._goals.get(fold(str(needed(row, "parent"))))
        if found is None:
            raise _no_goal(parent)
        if not allowed:
            raise Refused(
                "goal.parent",
                _("A goal of kind “{kind}” stands under no other.").format(kind=kind),
                _("Empty the cell."),
                "parent",
            )
        if found[1] not in allowed:
            raise Refused(
                "goal.parent",
                _("A goal of kind “{kind}” stands under one of kind {allowed}.").format(
                    kind=kind, allowed=", ".join(allowed)
                ),
                "",
                "parent",
            )
        return found[0]

    # Indicators

    def _indicator(self, row: ListRow, code: str) -> Outcome:
        known = self._indicators.get(fold(code))
        connection = self.transaction.connection
        there = lookups.row_of(connection, "indicator", known, _INDICATOR) if known else {}
        given = {name: value for name, value in row.values.items() if value is not None}
        values: dict[str, Any] = {**({} if known else _USUAL), **_as_fields(there)}
        for name in IndicatorTable.model_fields:
            if name in given and name not in ("goal", "targets"):
                values[name] = given[name]
        if "computed_linked" in given:
            values["computed_linked"] = given["computed_linked"] == "yes"
        for name in _NUMBERS:
            if values.get(name) is not None:
                values[name] = Decimal(str(values[name]))
        parent = text_in(row, "parent") if known else str(needed(row, "parent"))
        goal = self._goals.get(fold(parent))
        if parent and goal is None:
            raise _no_goal(parent)
        low, high = (given.get(name, values.pop(name, None)) for name in _BAND)
        if low is not None or high is not None:
            values["band"] = [None if end is None else Decimal(str(end)) for end in (low, high)]
        table = _checked(IndicatorTable, {**values, "goal": parent or "x"})
        self._check_sheet(table)
        columns: dict[str, Any] = indicator_columns(table)
        if goal is not None:
            columns["goal_id"] = goal[0]
        label = f"{code} {table.title}"
        if known:
            return self._changed("indicator", known, label, columns, there)
        return Outcome(State.NEW, label, values=_Row("indicator", columns))

    def _check_sheet(self, table: IndicatorTable) -> None:
        """What goes together, as in a plan file; targets have rows of their own. Raises Refused."""
        for key, problem in (*sheet_problems(table), *computed_problems(table)):
            if key != "targets":
                field = {"band": "band_low"}.get(key, key)
                raise Refused("indicator.sheet", problem, "", field)
        if table.baseline_on is not None and table.baseline_on > self._plan.rules.period.end:
            raise Refused(
                "indicator.sheet", _("This is after the end of the plan."), "", "baseline_on"
            )

    def _changed(
        self,
        table: str,
        identifier: str,
        label: str,
        columns: dict[str, Any],
        there: Mapping[str, Any],
    ) -> Outcome:
        texts = {name: None if value is None else str(value) for name, value in columns.items()}
        before = {name: None if there.get(name) is None else str(there[name]) for name in texts}
        changes = differences(texts, before)
        wanted = {change.field for change in changes}
        changes = tuple(self._shown(change) for change in changes)
        changed = {name: value for name, value in columns.items() if name in wanted}
        state = State.CHANGED if changes else State.SAME
        return Outcome(state, label, identifier, changes, _Row(table, changed))

    def _shown(self, change: FieldChange) -> FieldChange:
        """A change as people see it: the code of a goal instead of its id."""
        if change.field not in ("parent_id", "goal_id"):
            return change
        before, after = (self._codes.get(each, each) for each in (change.before, change.after))
        return FieldChange("parent", before, after)

    # Targets

    def _target(self, row: ListRow, code: str) -> Outcome:
        indicator_id = self._indicators.get(fold(code))
        if indicator_id is None:
            raise Refused(
                "ref.unknown",
                _("There is no {what} “{typed}”.").format(what=_("indicator"), typed=code),
                _("Put it in the list before what is below it."),
                "code",
            )
        start, end = row.values.get("from"), row.values.get("until")
        if row.values.get("year") is not None:
            year = _year(row.values["year"])
            start, end = date(year, 1, 1), date(year, 12, 31)
        if not (isinstance(start, date) and isinstance(end, date)):
            raise Refused(
                "target.period",
                _("A target has either a year, or both from and until."),
                "",
                "year",
            )
        value, qualifier = str(needed(row, "target")), text_in(row, "qualifier")
        self.once(f"{indicator_id}|{start}|{end}|{qualifier}", row)
        there = targets_of(self.transaction.connection, indicator_id)
        old = there.get((start.isoformat(), end.isoformat(), qualifier))
        label = f"{code} {start.isoformat()} – {end.isoformat()}"
        if old is not None and Decimal(old) == Decimal(value):
            return Outcome(State.SAME, label)
        use_case = SetTarget.of(
            indicator_id=indicator_id,
            period_start=start,
            period_end=end,
            value=value,
            qualifier=qualifier,
            reason=text_in(row, "reason"),
        )
        if old is None:
            return Outcome(State.NEW, label, values=use_case)
        change = FieldChange("target", old, value)
        return Outcome(State.CHANGED, label, indicator_id, (change,), use_case)


def _year(value: object) -> int:
    """A year as a list has it, a number. Raises Refused for what is none."""
    number = Decimal(str(value))
    if number not in range(1900, 2200):
        raise Refused("number.range", _("This is not a year."), "", "year")
    return int(number)


def _no_goal(code: str) -> Refused:
    return Refused(
        "ref.unknown",
        _("There is no goal with code {code}.").format(code=code),
        _("Put it in the list before what is below it."),
        "parent",
    )


def _checked(table: type[BaseModel], values: Mapping[str, Any]) -> Any:
    """The table of a plan file that these values make. Raises Refused for the first wrong one."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    try:
        return table.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        usual = "field.missing" if first["type"] == "missing" else "choice"
        rule = getattr(first.get("ctx", {}).get("error"), "rule", usual)
        raise Refused(rule, sentence_of(first), "", field) from error


def _as_fields(there: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of an indicator as keys of a plan file."""
    found = {name: value for name, value in there.items() if value is not None}
    if "baseline_value" in found:
        found["baseline"] = found.pop("baseline_value")
    found.pop("goal_id", None)
    if "computed_linked" in found:
        found["computed_linked"] = bool(found["computed_linked"])
    return found
