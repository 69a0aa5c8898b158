"""What of the log and of the register somebody wants to see."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from typing import NamedTuple


class VisitFilter(NamedTuple):
    """What of the log to show; None or empty means: all.

    `goal_id` is one goal, `about_id` a goal or any below it; `need` a need that was heard.
    """

    visitor_id: str | None = None
    work_type_id: str | None = None
    goal_id: str | None = None
    organisation_id: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    contact_person_id: str | None = None
    need: str | None = None
    about_id: str | None = None


def seen_until(as_of: date, today: date, wanted: date | None = None) -> date | None:
    """The last day to show: who looks at an earlier day than today sees nothing of after it."""
    return wanted if as_of >= today else min(wanted or as_of, as_of)


class OrganisationFilter(NamedTuple):
    """What of the register to show; None, False or empty means: all.

    `since` and `until` are the window in which visits are counted; `unvisited_only` keeps
    organisations without a visit done in it. `order` is "name" or "next": whom to visit
    next, those never or longest ago visited first.
    """

    since: date
    until: date
    work_type_id: str | None = None
    contact_person_id: str | None = None
    unvisited_only: bool = False
    text: str = ""
    order: str = "name"
