"""Random use cases on a small file: what people do all day, refused ones too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from socius_tui.domain.changes import ChangeSet
from socius_tui.errors import SociusError
from socius_tui.services.assigning import AddPerson, Assign, RetireAssignment
from socius_tui.services.clock import FixedClock
from socius_tui.services.following import (
    AddFollowUp,
    CloseFollowUp,
    EditFollowUp,
    RetireFollowUp,
)
from socius_tui.services.measuring import (
    AddMeasurement,
    EditMeasurement,
    RetireMeasurement,
    SetTarget,
)
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.session import Operation, Session
from socius_tui.services.visiting import (
    CancelVisit,
    CompleteVisit,
    EditVisit,
    LogVisit,
    Promise,
    RetireVisit,
)
from socius_tui.store.journal.comparison import differences
from socius_tui.store.journal.projection import present_rows
from socius_tui.store.journal.triggers import journalled_tables
from socius_tui.store.unit_of_work import Transaction

START = datetime(2018, 6, 30, 10, tzinfo=UTC)
_TEXTS = ("", "cijfers", "een langere tekst", "é\n“twee” regels", "[@click=app.quit]")


class Act(NamedTuple):
    """Something somebody tries: which use case, and numbers that choose its details."""

    what: str
    one: int
    two: int
    three: int


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def today(self) -> date:
        """Its day."""
        return self.moment.date()


class _Begin:
    """A plan, three people, organisations, indicators."""

    def apply(self, transaction: Transaction) -> str:
        """Write it."""
        period = {"starts_on": "2016-01-01", "ends_on": "2020-12-31"}
        plan = transaction.insert("plan", {"code": "P", "title": "Plan", **period})
        transaction.set_setting("plan", plan)
        for name in ("An", "Bert", "Chris"):
            transaction.insert("person", {"name": name, "role": "contact_person"})
        types = [transaction.insert("work_type", {"code": c, "name": c.upper()}) for c in "ab"]
        for number in range(4):
            transaction.insert(
                "organisation", {"name": f"Org {number}", "work_type_id": types[number % 2]}
            )
        for number in (1, 2):
            goal = transaction.insert(
                "goal",
                {"plan_id": plan, "kind": "strategic", "code": f"SD{number}", "title": "Doel"},
            )
            transaction.insert(
                "indicator",
                {
                    "goal_id": goal,
                    "code": f"SD{number}-a",
                    "title": "Aantal",
                    "kind": "count",
                    "direction": "increase",
                    "aggregation": "sum",
                    "scope": "per_period",
                    "sphere": "control",
                    "source_kind": "self_registration",
                    "frequency": "year",
                    "origin": "plan",
                },
            )
        return "begun"


def begin(path: Path) -> Path:
    """Make the small file."""
    from socius_tui.store.schema import new_database

    new_database(path)
    with Session(path, clock=FixedClock(START)) as session:
        session.write(_Begin())
    return path


def ids(session: Session, table: str) -> list[str]:
    """The ids of a table, those taken out too, in order of making."""
    return [
        row_id
        for (row_id,) in session.read(
            lambda c: c.execute(f"SELECT id FROM {table} ORDER BY rowid").fetchall()
        )
    ]


def rows(session: Session) -> dict[str, dict[str, dict[str, Any]]]:
    """Every row of every journalled table."""
    return session.read(
        lambda c: {table.name: dict(present_rows(c, table)) for table in journalled_tables(c)}
    )


def agrees(session: Session) -> bool:
    """Whether journal and rows agree, and every row is where others expect it."""
    return session.read(
        lambda c: (
            list(differences(c)) == [] and c.execute("PRAGMA foreign_key_check").fetchall() == []
        )
    )


def attempt(session: Session, act: Act) -> ChangeSet | None:
    """Do it; None when it is refused or there is nothing to do it with."""
    make = _MAKE[act.what]
    with suppress(SociusError, IndexError, ZeroDivisionError):
        return session.write(make(session, act))
    return None


def _pick(session: Session, table: str, number: int) -> str:
    found = ids(session, table)
    return found[number % len(found)]


def _day(number: int) -> date:
    return date(2018, 6, 30) - timedelta(days=number % 900)


def _text(number: int) -> str:
    return _TEXTS[number % len(_TEXTS)]


def _log_visit(session: Session, act: Act) -> Operation:
    promise = Promise.of(what="Iets bezorgen", due_on=date(2018, 9, 1))
    return LogVisit.of(
        organisation_id=_pick(session, "organisation", act.one),
        visited_on=_day(act.two),
        status="planned" if act.three % 2 else "done",
        goal_ids=(_pick(session, "goal", act.two),) if act.one % 2 else (),
        needs=("leden", "geld")[: act.three % 3],
        met=("Els", "Jan")[: act.two % 3],
        summary=_text(act.three),
        promises=(promise,) * (act.one % 3),
    )


def _edit_visit(session: Session, act: Act, use_case: type[EditVisit] = EditVisit) -> Operation:
    return use_case.of(
        visit_id=_pick(session, "visit", act.one),
        visited_on=_day(act.two) if act.three % 2 else None,
        mode=("on_site", "online", "phone")[act.two % 3],
        goal_ids=(_pick(session, "goal", act.three),) if act.two % 2 else None,
        needs=("geld", "ruimte")[: act.two % 3] if act.three % 3 else None,
        met=("Jan", "Mia")[: act.three % 3] if act.two % 2 else None,
        summary=_text(act.two),
    )


def _complete(session: Session, act: Act) -> Operation:
    return _edit_visit(session, act, CompleteVisit)


def _measurement(session: Session, act: Act) -> dict[str, Any]:
    return {
        "indicator_id": _pick(session, "indicator", act.one),
        "observed_on": _day(act.two),
        "value": str(act.three - 3),  # below 0 is refused
        "note": _text(act.two),
    }


def _target(session: Session, act: Act) -> Operation:
    year = 2016 + act.two % 5
    return SetTarget.of(
        indicator_id=_pick(session, "indicator", act.one),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        value=str(act.three),
        reason=_text(act.two),  # changing one without is refused
    )


def _narrative(session: Session, act: Act) -> Operation:
    year = 2016 + act.two % 2
    return WriteNarrative.of(
        goal_id=_pick(session, "goal", act.one),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        what_happened=_text(act.three),
    )


_MAKE: dict[str, Callable[[Session, Act], Operation]] = {
    "log visit": _log_visit,
    "edit visit": _edit_visit,
    "complete visit": _complete,
    "cancel visit": lambda s, a: CancelVisit.of(
        visit_id=_pick(s, "visit", a.one), reason=_text(a.two)
    ),
    "retire visit": lambda s, a: RetireVisit.of(visit_id=_pick(s, "visit", a.one)),
    "add follow-up": lambda s, a: AddFollowUp.of(
        what="Opvolgen",
        owner_id=_pick(s, "person", a.one),
        visit_id=_pick(s, "visit", a.two) if a.three % 2 else None,
        goal_id=None if a.three % 2 else _pick(s, "goal", a.two),
    ),
    "edit follow-up": lambda s, a: EditFollowUp.of(
        follow_up_id=_pick(s, "follow_up", a.one),
        owner_id=_pick(s, "person", a.two) if a.three % 2 else None,
        due_on=_day(a.three),
    ),
    "close follow-up": lambda s, a: CloseFollowUp.of(
        follow_up_id=_pick(s, "follow_up", a.one), done_on=_day(a.two), outcome=_text(a.three)
    ),
    "retire follow-up": lambda s, a: RetireFollowUp.of(follow_up_id=_pick(s, "follow_up", a.one)),
    "add measurement": lambda s, a: AddMeasurement.of(**_measurement(s, a)),
    "edit measurement": lambda s, a: EditMeasurement.of(
        measurement_id=_pick(s, "measurement", a.one), **_measurement(s, a)
    ),
    "retire measurement": lambda s, a: RetireMeasurement.of(
        measurement_id=_pick(s, "measurement", a.one)
    ),
    "set target": _target,
    "write narrative": _narrative,
    "assign": lambda s, a: Assign.of(
        person_id=_pick(s, "person", a.one),
        work_type_id=_pick(s, "work_type", a.two),
        starts_on=date(2016 + a.three % 3, 1 + a.two % 12, 1),
    ),
    "retire assignment": lambda s, a: RetireAssignment.of(
        assignment_id=_pick(s, "assignment", a.one)
    ),
    "add person": lambda s, a: AddPerson.of(name=f"Persoon {a.one}"),
}

_NUMBERS = st.integers(0, 11)

#: Anything that somebody may try.
ACTS = st.builds(Act, st.sampled_from(sorted(_MAKE)), _NUMBERS, _NUMBERS, _NUMBERS)
