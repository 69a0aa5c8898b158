"""Small real files for the tests of the interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from socius_tui.services.clock import FixedClock
from socius_tui.services.session import Session
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Transaction

NOW = datetime(2018, 6, 30, 10, 0, tzinfo=UTC)


class Write:
    """A use case out of a function, for rows that no use case makes."""

    def __init__(self, work: Callable[[Transaction], object]) -> None:
        self._work = work

    def apply(self, transaction: Transaction) -> str:
        """Do the work."""
        self._work(transaction)
        return "written"


def opener(path: Path) -> Callable[[], Session]:
    """What opens the file at noon of a fixed day."""
    return lambda: Session(path, clock=FixedClock(NOW))


def empty_file(path: Path) -> Path:
    """A file without a plan."""
    new_database(path)
    return path


def plan_without_goals(path: Path, title: str = "Beleidsplan 2016-2020") -> Path:
    """A file with a plan and nothing in it."""
    empty_file(path)
    with opener(path)() as session:
        session.write(Write(lambda transaction: add_plan(transaction, title)))
    return path


def small_plan(path: Path, *, word: str = "", branches: int = 3) -> Path:
    """A plan with goals, indicators in several states, organisations and visits.

    `word` is put in every text that a person can type.
    """
    empty_file(path)
    with opener(path)() as session:
        session.write(Write(lambda transaction: _fill(transaction, word, branches)))
    return path


def hostile_plan(path: Path, words: Sequence[str]) -> Path:
    """A plan in which every title, name, note and story is one of `words`, in turn."""
    empty_file(path)
    with opener(path)() as session:
        session.write(Write(lambda transaction: _fill_hostile(transaction, words)))
    return path


def _fill_hostile(transaction: Transaction, words: Sequence[str]) -> None:
    plan = add_plan(transaction, words[0])
    work_type = transaction.insert("work_type", {"code": "w", "name": words[0]})
    for n, word in enumerate(words):
        person = transaction.insert("person", {"name": word, "role": "contact_person"})
        if n == 0:
            start = {"person_id": person, "work_type_id": work_type, "starts_on": "2016-01-01"}
            transaction.insert("assignment", start)
        goal = _goal(transaction, plan, None, "strategic", f"SD{n}", word, n)
        transaction.change("goal", goal, {"title": word, "summary": word})
        _indicators(transaction, goal, f"SD{n}", word, person, letters="a")
        organisation = transaction.insert(
            "organisation", {"name": word, "work_type_id": work_type, "note": word}
        )
        _visit(transaction, organisation, goal, person, "2018-06-28", word)
        _story(transaction, goal, person, word)


def add_plan(transaction: Transaction, title: str) -> str:
    """The plan's own row."""
    plan = transaction.insert(
        "plan",
        {
            "code": "P",
            "title": title,
            "organisation": "Socius",
            "starts_on": "2016-01-01",
            "ends_on": "2020-12-31",
        },
    )
    transaction.set_setting("plan", plan)
    return plan


def _fill(transaction: Transaction, word: str, branches: int) -> None:
    plan = add_plan(transaction, f"Beleidsplan {word}".strip())
    anna = transaction.insert("person", {"name": f"Anna {word}", "role": "contact_person"})
    types = [
        transaction.insert(
            "work_type", {"code": code, "name": f"{code} {word}".strip(), "position": i}
        )
        for i, code in enumerate(("verenigingen", "bewegingen"))
    ]
    transaction.insert(
        "assignment", {"person_id": anna, "work_type_id": types[0], "starts_on": "2016-01-01"}
    )
    organisations = [
        transaction.insert(
            "organisation",
            {
                "code": f"ORG{n}",
                "name": f"Organisatie {n} {word}".strip(),
                "work_type_id": types[n % 2],
                "recognised_from": "2016-01-01",
                "note": word,
            },
        )
        for n in range(6)
    ]
    for s in range(1, branches + 1):
        strategic = _goal(transaction, plan, None, "strategic", f"SD{s}", word, s)
        for o in range(1, 4):
            goal = _goal(transaction, plan, strategic, "operational", f"OD{s}.{o}", word, o)
            _indicators(transaction, goal, f"OD{s}.{o}", word, anna)
    _goal(transaction, plan, None, "basic_task", "BO1", word, 90)
    first = transaction.connection.execute("SELECT id FROM goal WHERE code = 'OD1.1'").fetchone()
    for n, day in enumerate(("2016-05-02", "2017-03-04", "2018-06-28")):
        _visit(transaction, organisations[n], first and first[0], anna, day, word)
    if first:
        _story(transaction, first[0], anna, word)


def _visit(
    transaction: Transaction, organisation: str, goal: str | None, person: str, day: str, word: str
) -> None:
    visit = transaction.insert(
        "visit",
        {
            "organisation_id": organisation,
            "visited_on": day,
            "status": "done",
            "visitor_id": person,
            "summary": f"Gesprek over cijfers {word}",
            "private_note": word,
            "recorded_at": f"{day}T10:00:00.000Z",
        },
    )
    if goal:
        transaction.insert_natural(
            "visit_goal", (visit, goal), {"visit_id": visit, "goal_id": goal}
        )
    if word.strip():
        tag = word.strip()[:80]
        transaction.insert_natural("visit_need", (visit, tag), {"visit_id": visit, "tag": tag})


def _story(transaction: Transaction, goal: str, person: str, word: str) -> None:
    transaction.insert(
        "narrative",
        {
            "goal_id": goal,
            "period_start": "2017-01-01",
            "period_end": "2017-12-31",
            "what_happened": f"Er is veel bezocht. {word}",
            "so_what": word,
            "what_next": word,
            "written_by": person,
            "written_at": transaction.stamp,
        },
    )
    transaction.insert(
        "follow_up",
        {
            "goal_id": goal,
            "what": f"Terugbellen {word}",
            "owner_id": person,
            "due_on": "2018-07-15",
            "recorded_at": transaction.stamp,
        },
    )


def _goal(
    transaction: Transaction,
    plan: str,
    parent: str | None,
    kind: str,
    code: str,
    word: str,
    at: int,
) -> str:
    return transaction.insert(
        "goal",
        {
            "plan_id": plan,
            "parent_id": parent,
            "kind": kind,
            "code": code,
            "title": f"Doel {code} {word}".strip(),
            "summary": f"Samenvatting {word}",
            "challenge": word,
            "position": at,
            "source_line": "10-12",
        },
    )


def _indicators(
    transaction: Transaction, goal: str, code: str, word: str, owner: str, letters: str = "abc"
) -> None:
    for letter in letters:
        last, value = {"a": ("2018-06-01", 46), "b": ("2017-01-10", 4), "c": ("", 0)}[letter]
        indicator = transaction.insert(
            "indicator",
            {
                "goal_id": goal,
                "code": f"{code}-{letter}",
                "title": f"Indicator {letter} {word}".strip(),
                "definition": f"Wat telt {word}",
                "unit": "bezoeken",
                "kind": "count",
                "direction": "increase",
                "aggregation": "sum",
                "scope": "per_period",
                "sphere": "control",
                "source_kind": "self_registration",
                "frequency": "quarter",
                "baseline_value": "0",
                "owner_id": owner,
                "origin": "example" if letter == "b" else "plan",
            },
        )
        for year in range(2016, 2021):
            start, end = date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
            transaction.insert_natural(
                "target",
                (indicator, start, end, ""),
                {
                    "indicator_id": indicator,
                    "period_start": start,
                    "period_end": end,
                    "value": "20",
                },
            )
        for day in filter(None, ("2016-06-01" if letter == "a" else "", last)):
            transaction.insert(
                "measurement",
                {
                    "indicator_id": indicator,
                    "observed_on": day,
                    "form": "value",
                    "value": str(value if day == last else 3),
                    "note": f"Telling {word}".strip(),
                    "recorded_by": owner,
                    "recorded_at": f"{day}T10:00:00.000Z",
                },
            )


def plan_date() -> date:
    """The day on which the tests look at the plan."""
    return NOW.date()
