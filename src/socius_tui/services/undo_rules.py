"""What several rows must fulfil together, looked at after something was taken back.

A use case checks this beforehand. An undo puts rows back without it, and others may have gone on
in the meantime.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from socius_tui.domain.changes import Change
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.rules import shown_date
from socius_tui.store.driver import Connection
from socius_tui.store.people import assignments, persons
from socius_tui.store.plans import load_goals, load_plans, narratives


def check_whole(connection: Connection, changes: Iterable[Change]) -> None:
    """Raises RuleBroken when rows that were changed no longer go together with the others."""
    touched: dict[str, set[str]] = {}
    for change in changes:
        if change.verb != "removed":
            touched.setdefault(change.kind, set()).add(change.id)
    _one_contact_person(connection, touched.get("assignment", ()))
    _names_differ(connection, touched.get("person", ()))
    _one_narrative(connection, touched.get("narrative", ()))


def _one_contact_person(connection: Connection, touched: Collection[str]) -> None:
    every = assignments(connection) if touched else []
    for one in every:
        for other in every:
            if (
                one.id in touched
                and one.id != other.id
                and one.work_type_id == other.work_type_id
                and one.starts_on <= (other.ends_on or date.max)
                and other.starts_on <= (one.ends_on or date.max)
            ):
                raise RuleBroken(
                    _(
                        "{work_type} would have two contact persons on {day}: {one} and {other}."
                    ).format(
                        work_type=one.work_type,
                        day=shown_date(max(one.starts_on, other.starts_on)),
                        one=one.person,
                        other=other.person,
                    ),
                    hint=_("Hand the work type over instead."),
                )


def _names_differ(connection: Connection, touched: Collection[str]) -> None:
    every = persons(connection) if touched else []
    names = [person.name.casefold() for person in every]
    for person in every:
        if person.id in touched and names.count(person.name.casefold()) > 1:
            raise RuleBroken(_("There is already somebody called {name}.").format(name=person.name))


def _one_narrative(connection: Connection, touched: Collection[str]) -> None:
    plans = load_plans(connection) if touched else ()
    for goal in (goal for plan in plans for goal in load_goals(connection, plan.id)):
        told = narratives(connection, goal.id)
        periods = [(story.period_start, story.period_end) for story in told]
        for story, period in zip(told, periods, strict=True):
            if story.id in touched and periods.count(period) > 1:
                raise RuleBroken(
                    _("{goal} would have two stories for the same period.").format(goal=goal.code),
                    hint=_("Copy what you need into the one that is there."),
                )
