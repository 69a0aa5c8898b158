"""From what a person types to the one thing that is meant.

In this order: the code, the whole name, a prefix that only one has, words that only one
has, then a near miss that only one is. Accents and case never matter. What stays ambiguous
is refused with the candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.text import clean, fold
from socius_tui.errors import Ambiguous, NotFound
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.store import organisations, people, plans
from socius_tui.store.driver import Connection

_LONGEST: Final = 200  # what is compared of a typed text; names are shorter


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be named: its id, its code if it has one, its name."""

    id: str
    code: str
    name: str

    @property
    def label(self) -> str:
        """Code and name, to list it by."""
        return f"{self.code} {self.name}".strip()


def choose(typed: str, things: Iterable[Named], what: str) -> Named:
    """The one thing that `typed` names; `what` is the word for the kind of thing.

    Raises NotFound with the three nearest, or Ambiguous with the candidates (at most ten).
    """
    all_things = list(things)
    wanted = fold(typed.strip())
    for matches in _rounds(wanted, all_things):
        if len(matches) == 1:
            return matches[0]
        if len(matches) > 1:
            labels = [clean(thing.label, limit=100) for thing in matches]
            listed = "; ".join(labels[:10]) + ("; …" if len(labels) > 10 else "")
            raise Ambiguous(
                _("“{typed}” can be several: {candidates}.").format(
                    typed=clean(typed, limit=80), candidates=listed
                ),
                field=what,
                hint=_("Type the code, or more of the name."),
                candidates=labels,
            )
    near = [clean(thing.label, limit=100) for thing in _near(wanted, all_things, 0.4)[:3]]
    raise NotFound(
        _("There is no {what} “{typed}”.").format(what=what, typed=clean(typed, limit=80)),
        field=what,
        hint=_("Did you mean {candidates}?").format(candidates=_(" or ").join(near))
        if near
        else _("Look at the list of what there is."),
        candidates=near,
    )


def suggest(typed: str, things: Sequence[Named], limit: int = 8) -> list[Named]:
    """What might be meant while somebody types, the best first."""
    wanted = fold(typed.strip())
    if not wanted:
        return list(things[:limit])
    found: dict[str, Named] = {}
    words = wanted.split()
    prefixed = [
        t for t in things if fold(t.code).startswith(wanted) or fold(t.name).startswith(wanted)
    ]
    containing = [t for t in things if all(word in fold(t.label) for word in words)]
    for thing in (*prefixed, *containing):
        found.setdefault(thing.id, thing)
    if not found:
        for thing in _near(wanted, things, 0.5):
            found.setdefault(thing.id, thing)
    return list(found.values())[:limit]


def _rounds(wanted: str, things: list[Named]) -> Iterable[list[Named]]:
    if not wanted:
        return
    yield [t for t in things if t.code and fold(t.code) == wanted]
    yield [t for t in things if fold(t.name) == wanted]
    yield [t for t in things if fold(t.name).startswith(wanted)]
    words = wanted.split()
    yield [t for t in things if all(word in fold(t.label) for word in words)]
    yield _nearest(wanted, things)


def _near(wanted: str, things: Sequence[Named], least: float) -> list[Named]:
    """Near misses, the best first: of the code, the name, or a word of the name."""
    return [thing for _score, thing in _scored(wanted, things, least)]


def _nearest(wanted: str, things: Sequence[Named]) -> list[Named]:
    """The near miss that stands out; several when none does, so that nobody guesses."""
    scored = _scored(wanted, things, 0.8)
    return [thing for score, thing in scored if score > scored[0][0] - 0.05]


def _scored(wanted: str, things: Sequence[Named], least: float) -> list[tuple[float, Named]]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher()
    matcher.set_seq2(wanted[:_LONGEST])

    def likeness(text: str) -> float:
        matcher.set_seq1(text)
        return matcher.ratio() if matcher.quick_ratio() >= least else 0.0

    scored = []
    for thing in things:
        name = fold(thing.name)
        words = [word for word in name.split() if len(word) > 3]
        scored.append((max(likeness(text) for text in (fold(thing.code), name, *words)), thing))
    return sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])


def named_plans(session: Session) -> list[Named]:
    """The plans of the file by code and title."""
    return [Named(plan.id, plan.code, plan.title) for plan in session.read(plans.load_plans)]


def named_goals(
    session: Session, also: Iterable[str] = (), *, plan: PlanRecord | None = None
) -> list[Named]:
    """All goals of the plan by code and title; `also` are ids that may be of another plan."""
    plan_id = (plan or session.plan()).id
    found = [
        Named(goal.id, goal.code, goal.title)
        for goal in session.read(lambda connection: plans.load_goals(connection, plan_id))
    ]
    missing = set(also) - {goal.id for goal in found}
    if missing:
        found += [goal for goal in goals_of_others(session) if goal.id in missing]
    return found


def goals_of_others(session: Session) -> list[Named]:
    """The goals of the plans that are not looked at, whose codes say of which plan they are."""
    here = session.plan().id

    def read(connection: Connection) -> list[Named]:
        return [
            Named(goal.id, f"{goal.code} ({plan.code})", goal.title)
            for plan in plans.load_plans(connection)
            if plan.id != here
            for goal in plans.load_goals(connection, plan.id)
        ]

    return session.read(read)


def named_indicators(session: Session, *, plan: PlanRecord | None = None) -> list[Named]:
    """All indicators of the plan by code and title."""
    plan_id = (plan or session.plan()).id
    return [
        Named(indicator.id, indicator.code, indicator.title)
        for indicator in session.read(lambda connection: plans.load_indicators(connection, plan_id))
    ]


def named_organisations(session: Session) -> list[Named]:
    """All organisations by code and name."""
    rows = session.read(organisations.names)
    return [Named(*row) for row in rows]


def named_work_types(session: Session) -> list[Named]:
    """The work types."""
    rows = session.read(lambda connection: people.work_types(connection, session.as_of))
    return [Named(row.id, row.code, row.name) for row in rows]


def named_persons(session: Session) -> list[Named]:
    """The staff."""
    return [Named(row.id, "", row.name) for row in session.read(people.persons)]


def find_plan(session: Session, typed: str) -> Named:
    """The plan that is meant."""
    return choose(typed, named_plans(session), _("plan"))


def find_goal(session: Session, typed: str) -> Named:
    """The goal that is meant."""
    return choose(typed, named_goals(session), _("goal"))


def find_indicator(session: Session, typed: str) -> Named:
    """The indicator that is meant."""
    return choose(typed, named_indicators(session), _("indicator"))


def find_organisation(session: Session, typed: str) -> Named:
    """The organisation that is meant."""
    return choose(typed, named_organisations(session), _("organisation"))


def find_work_type(session: Session, typed: str) -> Named:
    """The work type that is meant."""
    return choose(typed, named_work_types(session), _("work type"))


def find_person(session: Session, typed: str) -> Named:
    """The member of staff who is meant."""
    return choose(typed, named_persons(session), _("person"))
