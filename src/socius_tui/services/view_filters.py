"""Saved views read back: every field is checked, and what is gone is said in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from socius_tui.domain.dates import format_date
from socius_tui.domain.saved_views import (
    FIELDS,
    LONGEST_TEXT,
    ME,
    SCREENS,
    WORDS,
    SavedView,
    from_json,
)
from socius_tui.domain.text import clean
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.history import KINDS, kind_word, people
from socius_tui.services.resolve import (
    Named,
    choose,
    goals_of_others,
    named_goals,
    named_organisations,
    named_persons,
    named_work_types,
)
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.store import views as store

#: The screens that have views, in words.
_SCREEN_WORDS: Final = {
    "visits": N_("Visits"),
    "organisations": N_("Organisations"),
    "history": N_("History"),
}

_YES_WORDS: Final = {"unvisited_only": N_("not visited"), "whole_plan": N_("the whole plan")}


class Found(NamedTuple):
    """A view read back.

    `values` are by field of the filter of its screen, `words` say each in the interface
    language, `problems` are sentences on what had to be left out.
    """

    view: SavedView
    values: Mapping[str, object]
    words: tuple[str, ...]
    problems: tuple[str, ...]


def screen_word(screen: str) -> str:
    """What the screen of a view is called."""
    return _(_SCREEN_WORDS[screen]) if screen in _SCREEN_WORDS else clean(screen, limit=60)


def all_views(session: Session) -> list[Found]:
    """The views of who is at the keyboard and those for everybody, read back."""
    views = session.read(lambda connection: store.views_for(connection, session.actor))
    reader = _Reader(session)
    return [reader.read(view) for view in views]


def view_by_id(session: Session, view_id: str) -> Found:
    """One view read back. Raises NotFound when it is gone, RuleBroken when it cannot be shown."""
    view = session.read(lambda connection: store.saved_view(connection, view_id))
    if view is None:
        raise NotFound(_("This view no longer exists."), hint=_("Look again and choose another."))
    return usable(_Reader(session).read(view))


def find_view(session: Session, typed: str, screen: str | None = None) -> Found:
    """The view that is meant, of a screen or of any.

    One's own comes before one for everybody of the same name. Raises NotFound or Ambiguous.
    """
    views = session.read(lambda connection: store.views_for(connection, session.actor))
    own = {(v.screen, v.name.casefold()) for v in views if v.person_id is not None}
    there = [
        view
        for view in views
        if screen in (None, view.screen)
        and (view.person_id is not None or (view.screen, view.name.casefold()) not in own)
    ]
    try:
        chosen = choose(typed, [Named(view.id, "", view.name) for view in there], _("view"))
    except NotFound as error:
        if not error.candidates:
            error.hint = _("`socius view list` shows which there are.")
        raise
    return _Reader(session).read(next(v for v in there if v.id == chosen.id))


def usable(found: Found) -> Found:
    """The same; raises RuleBroken when this version has no screen for it."""
    if found.view.screen not in SCREENS:
        raise RuleBroken(
            _("The view “{name}” belongs to a screen that this version does not have.").format(
                name=clean(found.view.name, limit=80)
            ),
            hint=_("Open it with the version that saved it, or take it out."),
        )
    return found


class _Reader:
    """Reads views back; asks for the names that they need once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[str, dict[str, str]] = {}

    def read(self, view: SavedView) -> Found:
        stored = from_json(view.filters)
        if stored is None:
            sentence = _("What this view holds cannot be read; it shows everything.")
            return Found(view, {}, (), (sentence,))
        values: dict[str, object] = {}
        words: list[str] = []
        problems: list[str] = []
        fields = FIELDS.get(view.screen, {})
        for name in sorted(stored, key=lambda field: _place(fields, field)):
            value = stored[name]
            holds = fields.get(name, "")
            read = self._value(name, holds, value, view.screen)
            if read is None:
                problems.append(_problem(name, value, holds))
            else:
                values[name], said = read
                words += [said] if said else []
        since, until = values.get("since"), values.get("until")
        if isinstance(since, date) and isinstance(until, date) and since > until:
            del values["since"], values["until"]
            problems.append(_("Its period ends before it begins; it is left out."))
        return Found(view, values, tuple(words), tuple(problems))

    def _value(
        self, name: str, holds: str, value: object, screen: str
    ) -> tuple[object, str] | None:
        """A field's value for the filter, with its words; None when it cannot be used."""
        if holds == "yes":
            return (True, _(_YES_WORDS[name])) if value is True else None
        if not isinstance(value, str) or not value:
            return None
        if holds == "person" and value == ME:
            me = self._session.actor
            return (me, _("mine")) if me is not None else None
        if holds in ("person", "work_type", "goal", "organisation"):
            called = self._names_of(holds, screen).get(value)
            return None if called is None else (value, clean(called, limit=60))
        if holds in WORDS:
            said = _("whom to visit first") if holds == "order" else word(value)
            return (value, said) if value in WORDS[holds] else None
        if holds == "kind":
            return (value, kind_word(value)) if value in KINDS else None
        if holds == "day":
            day = _day(value)
            if day is None:
                return None
            sentence = _("from {day}") if name == "since" else _("until {day}")
            return day, sentence.format(day=format_date(day, get_language()))
        if holds == "text" and len(value) <= LONGEST_TEXT:
            return value, f"“{clean(value, limit=60)}”"
        return None

    def _names_of(self, kind: str, screen: str) -> Mapping[str, str]:
        """Names by id of what is in use; of everybody who did something, for the history."""
        key = f"{screen}:{kind}" if screen == "history" else kind
        if key not in self._names:
            self._names[key] = dict(self._pairs(kind, screen))
        return self._names[key]

    def _pairs(self, kind: str, screen: str) -> Iterator[tuple[str, str]]:
        session = self._session
        if kind == "person" and screen == "history":
            yield from people(session)
        elif kind == "person":
            yield from ((each.id, each.name) for each in named_persons(session))
        elif kind == "work_type":
            yield from ((each.id, each.name) for each in named_work_types(session))
        elif kind == "organisation":
            yield from ((each.id, each.name) for each in named_organisations(session))
        elif session.maybe_plan() is not None:
            goals = (*named_goals(session), *goals_of_others(session))
            yield from ((each.id, each.code) for each in goals)


def _place(fields: Mapping[str, str], field: str) -> int:
    """Fields are told in the order of the screen; what is not known comes last."""
    return list(fields).index(field) if field in fields else len(fields)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == len("2016-03-14") else None
    except ValueError:
        return None


def _problem(name: str, value: object, holds: str) -> str:
    """Why a field is left out."""
    if not holds:
        sentence = _("It holds “{name}”, which this version does not know; it is left out.")
        return sentence.format(name=clean(name, limit=40))
    if holds == "person" and value == ME:
        return _("It shows what is yours, and it is not known who is at the keyboard.")
    if holds in ("person", "work_type", "goal", "organisation") and isinstance(value, str):
        return _gone(holds)
    sentence = _("Its “{name}” is not right; it is left out.")
    return sentence.format(name=clean(name, limit=40))


def _gone(holds: str) -> str:
    return {
        "person": _("The person that it shows is no longer there; it shows everybody."),
        "work_type": _("The work type that it shows is no longer there; it shows all of them."),
        "goal": _("The goal that it shows is no longer there; it shows all of them."),
        "organisation": _("The organisation that it shows is no longer there; it shows all."),
    }[holds]
