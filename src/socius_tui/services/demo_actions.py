"""The made-up actions of the demo: a few of the year programmes of 2017 and 2018.

They say themselves that they are examples. Content of a plan is Dutch, whatever the language of
the interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from socius_tui.services.acting import AddAction
from socius_tui.store import plans
from socius_tui.store.driver import Connection

#: Goal, year, title, state, due, planned and spent in euro, the first letters of who does it.
_ACTIONS: Final = (
    (
        "OD1.1",
        2017,
        "Voorbeeld: leertraject over vrijwilligersbeleid",
        "done",
        "2017-11-30",
        "3200",
        "3410.50",
        "Amber",
    ),
    (
        "OD2.2",
        2017,
        "Voorbeeld: studiereis naar een partner in Nederland",
        "dropped",
        "2017-10-15",
        "2500",
        None,
        "Carine",
    ),
    (
        "OD1.1",
        2018,
        "Voorbeeld: vervolg van het leertraject, met intervisie",
        "under_way",
        "2018-10-31",
        "3000",
        "1185.25",
        "Amber",
    ),
    (
        "OD1.3",
        2018,
        "Voorbeeld: drie werkplaatsen over digitale werkvormen",
        "under_way",
        "2018-07-06",
        "4500",
        "2960",
        "Bilal",
    ),
    (
        "OD2.1",
        2018,
        "Voorbeeld: intervisiegroep voor nieuwe coördinatoren",
        "planned",
        "2018-09-20",
        "900",
        None,
        "Elif",
    ),
    (
        "OD3.1",
        2018,
        "Voorbeeld: brochure met twaalf praktijkverhalen",
        "done",
        "2018-05-31",
        "5200",
        "4875.90",
        "Carine",
    ),
    (
        "OD4.3",
        2018,
        "Voorbeeld: infosessies over het nieuwe decreet",
        "planned",
        "2018-11-15",
        "1800",
        None,
        "Frank",
    ),
    (
        "BO2",
        2018,
        "Voorbeeld: stakeholdersdialoog met leidinggevenden voorbereiden",
        "planned",
        None,
        "1250",
        None,
        "Frank",
    ),
)


def demo_actions(
    connection: Connection, staff: Mapping[str, str]
) -> Iterator[tuple[date, str | None, AddAction]]:
    """The actions, entered at the start of their year, or when they were over: day, who, what.

    `staff` gives the id of a person by the whole name.
    """
    plan = plans.load_plan(connection)
    if plan is None:
        return
    goals = {goal.code: goal.id for goal in plans.load_goals(connection, plan.id)}
    for goal, year, title, state, due, planned, spent, name in _ACTIONS:
        owner = next((found for who, found in staff.items() if who.startswith(name)), None)
        settled = date.fromisoformat(due) if due and state in ("done", "dropped") else None
        yield (
            settled or date(year, 1, 22),
            owner,
            AddAction.of(
                goal_id=goals[goal],
                year=year,
                title=title,
                state=state,
                owner_id=owner,
                due_on=date.fromisoformat(due) if due else None,
                budget_planned=planned,
                budget_spent=spent,
            ),
        )
