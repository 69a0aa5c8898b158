"""Rows of the register and the log, ready to show; no behaviour beyond small derived facts."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from typing import NamedTuple


class Person(NamedTuple):
    """A member of staff; `role` is contact_person, director or reader."""

    id: str
    name: str
    role: str


class WorkType(NamedTuple):
    """A work type with its contact person on the as-of date, if there is one."""

    id: str
    code: str
    name: str
    recognised: int | None
    contact_person_id: str | None = None
    contact_person: str = ""


class Assignment(NamedTuple):
    """A contact person for a work type, from a day until a day (or further notice)."""

    id: str
    person_id: str
    person: str
    work_type_id: str
    work_type: str
    starts_on: date
    ends_on: date | None


class OrganisationLine(NamedTuple):
    """A line of the register on an as-of date.

    `last_visit` is the last visit done, `visits` the number done in the window asked for,
    `open_follow_ups` those promised and not done. From `subtype` (a code) on it is what the
    register itself holds.
    """

    id: str
    code: str
    name: str
    work_type: str
    municipality: str
    contact_person: str
    last_visit: date | None
    visits: int
    next_visit: date | None
    open_follow_ups: int
    subtype: str = ""
    enterprise_number: str = ""
    size: str = ""
    participation: str = ""
    federation: str = ""
    recognised_from: date | None = None
    recognised_until: date | None = None
    note: str = ""


class OrganisationDetail(NamedTuple):
    """All that the register holds on one organisation."""

    id: str
    code: str
    name: str
    work_type_id: str
    work_type: str
    subtype: str
    enterprise_number: str
    municipality: str
    size: str
    participation: str
    federation: str
    recognised_from: date | None
    recognised_until: date | None
    note: str
    contact_person: str
    contacts: "tuple[OrganisationContact, ...]" = ()


class OrganisationContact(NamedTuple):
    """A person at an organisation: personal data."""

    id: str
    name: str
    function: str
    email: str
    phone: str


class ContactLine(NamedTuple):
    """A person at an organisation, with which one that is: personal data."""

    id: str
    organisation: str
    organisation_code: str
    name: str
    function: str
    email: str
    phone: str


class VisitLine(NamedTuple):
    """A line of the log."""

    id: str
    visited_on: date
    organisation_id: str
    organisation: str
    work_type: str
    status: str
    mode: str
    visitor: str
    goals: tuple[str, ...]
    needs: tuple[str, ...]
    open_follow_ups: int
    summary: str


class VisitDetail(NamedTuple):
    """One visit with everything that hangs on it."""

    line: VisitLine
    visitor_id: str | None
    private_note: str
    met: tuple[str, ...]
    goal_ids: tuple[str, ...]
    follow_ups: "tuple[FollowUpLine, ...]"


class FollowUpLine(NamedTuple):
    """A promise: what, by whom, before when; `source` says what it came from."""

    id: str
    what: str
    owner: str
    owner_id: str | None
    due_on: date | None
    done_on: date | None
    outcome: str
    source: str
    visit_id: str | None = None
    organisation_id: str | None = None


class MeasurementLine(NamedTuple):
    """A measurement as entered: the number texts are exactly what was typed."""

    id: str
    indicator_id: str
    indicator: str
    observed_on: date
    form: str
    value: str | None
    numerator: str | None
    denominator: str | None
    qualifier: str
    work_type: str
    note: str
    evidence: str
    recorded_by: str
    recorded_at: str
    unit: str = ""


class NarrativeLine(NamedTuple):
    """What happened, so what, what next: the story of a goal in a period."""

    id: str
    goal_id: str
    period_start: date
    period_end: date
    what_happened: str
    so_what: str
    what_next: str
    written_by: str


class SearchHit(NamedTuple):
    """Something that was found: its kind, its row and a line to recognise it by.

    `plan` is the code of the plan of a goal or indicator where the file has several.
    """

    kind: str
    id: str
    title: str
    snippet: str
    plan: str = ""


class RecentChange(NamedTuple):
    """Something that was entered lately: `kind` is visit, measurement, follow_up or narrative."""

    kind: str
    id: str
    moment: str
    title: str
    who: str
