"""Lists as somebody wants to find them again: which filters a view can hold, and how it is kept.

A view is JSON: an object with the filters that hold something back. What says "mine" on the
screen is kept as `ME`, so that a view for everybody shows each their own.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
import json
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

ME: Final = "@me"

#: What a filter holds, by screen and field: the id of a row of a table, one of some words,
#: a day, words to look for, or yes.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "visits": {
        "visitor_id": "person",
        "contact_person_id": "person",
        "work_type_id": "work_type",
        "goal_id": "goal",
        "organisation_id": "organisation",
        "status": "status",
        "since": "day",
        "until": "day",
        "text": "text",
    },
    "organisations": {
        "contact_person_id": "person",
        "work_type_id": "work_type",
        "unvisited_only": "yes",
        "whole_plan": "yes",
        "order": "order",
        "text": "text",
    },
    "history": {
        "actor": "person",
        "kind": "kind",
        "since": "day",
        "until": "day",
        "text": "text",
    },
}
SCREENS: Final = tuple(FIELDS)
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": ("done", "planned", "cancelled"),
    "order": ("next",),
}
LONGEST_TEXT: Final = 500  # characters to look for
LONGEST_NAME: Final = 120

Stored = str | bool


class SavedView(NamedTuple):
    """A view: its name, the screen it belongs to, whose it is, and its JSON as it is stored.

    `person_id` is None where it is for everybody; `person` is the name of the one whose it is.
    """

    id: str
    screen: str
    name: str
    person_id: str | None
    person: str
    filters: str


def packed(screen: str, wanted: Mapping[str, object], me: str | None) -> dict[str, Stored]:
    """What of a filter is kept: the fields that hold something back, ready for JSON."""
    kept: dict[str, Stored] = {}
    for name, holds in FIELDS[screen].items():
        value = wanted.get(name)
        if holds == "person" and value is not None and value == me:
            kept[name] = ME
        elif isinstance(value, date):
            kept[name] = value.isoformat()
        elif holds in WORDS:
            if value in WORDS[holds]:
                kept[name] = str(value)
        elif value:
            kept[name] = True if holds == "yes" else str(value)
    return kept


def as_json(filters: Mapping[str, Stored]) -> str:
    """The text that is stored; the same filters always give the same text."""
    return json.dumps(filters, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def from_json(stored: str) -> Mapping[str, object] | None:
    """What a stored text holds; None when it is no JSON object."""
    try:
        found = json.loads(stored)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
