"""From what a person types to what a history is to be about; what is gone can be asked for too."""

from __future__ import annotations

from typing import Final

from socius_tui.domain.history import Topic
from socius_tui.domain.text import fold
from socius_tui.i18n import _
from socius_tui.services import history
from socius_tui.services.handles import by_handle, the_one
from socius_tui.services.resolve import Named, choose, named_goals, named_indicators, named_persons
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.journal import reading

_LIST: Final = "socius visit list"
_NAMES: Final = {"goal": "title", "indicator": "title", "organisation": "name"}


def find_topic(session: Session, typed: str) -> Topic:
    """The goal, indicator, organisation or visit that is meant. Raises NotFound or Ambiguous."""

    def label(visit_id: str) -> str:
        return history.name_of(session, Topic("visit", visit_id))

    named = named_topics(session)
    wanted = fold(typed.strip())
    if not any(fold(thing.code) == wanted for thing in named.values()):
        visits = by_handle(typed, session.read(_visits))
        if visits:
            return Topic("visit", the_one(visits, label, typed, _("visit"), _LIST))
    named = _of_the_plan(session, named)
    found = choose(typed, named.values(), _("goal, indicator, organisation or visit"))
    return next(topic for topic, thing in named.items() if thing == found)


def _of_the_plan(session: Session, named: dict[Topic, Named]) -> dict[Topic, Named]:
    """Without what another plan calls by a code of the plan that is looked at."""
    if session.maybe_plan() is None:
        return named
    here = [*named_goals(session), *named_indicators(session)]
    ids, codes = {thing.id for thing in here}, {fold(thing.code) for thing in here}
    return {
        topic: thing
        for topic, thing in named.items()
        if topic.kind not in ("goal", "indicator")
        or thing.id in ids
        or fold(thing.code) not in codes
    }


def named_topics(session: Session) -> dict[Topic, Named]:
    """What a history can be about by name; of what is gone, what has a code of its own."""

    def read(connection: Connection) -> dict[Topic, Named]:
        ids = reading.ids_of(connection, tuple(_NAMES))
        rows = reading.known_rows(connection, ids)
        in_use = {(kind, row.cells["code"]) for (kind, _id), row in rows.items() if row.live}
        return {
            Topic(kind, identifier): Named(
                identifier, str(row.cells["code"]), str(row.cells[_NAMES[kind]])
            )
            for (kind, identifier), row in rows.items()
            if row.live or (kind, row.cells["code"]) not in in_use
        }

    return session.read(read)


def find_actor(session: Session, typed: str) -> str:
    """Who did something, or could have. Raises NotFound or Ambiguous."""
    staff = {person.id: person for person in named_persons(session)}
    for identifier, name in history.people(session):
        staff.setdefault(identifier, Named(identifier, "", name))
    return choose(typed, staff.values(), _("person")).id


def _visits(connection: Connection) -> list[str]:
    return [identifier for _kind, identifier in reading.ids_of(connection, ("visit",))]
