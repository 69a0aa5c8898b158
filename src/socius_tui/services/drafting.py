"""Forms that are not saved yet: kept while somebody types, offered at the next start.

A draft is no part of the plan: it is in the file, as durable as all the rest, but in no change set
and no history. It goes in the transaction in which its form is saved (`Session.write`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from socius_tui.domain.dates import format_moment
from socius_tui.domain.drafts import Draft, Typed
from socius_tui.domain.moments import moment_from, moment_text
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.handles import by_handle, the_one
from socius_tui.services.holder import is_running, this_program
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.store.drafts import DraftRow, draft, drafts_of, drop_draft, hold_draft, put_draft
from socius_tui.store.driver import Connection

#: A form that another computer has open counts as left when nothing was typed in it for so long:
#: whether a program runs there cannot be asked.
LEFT_AFTER: Final = timedelta(hours=1)

#: Typing waits for a busy file shorter than saving does: it is tried again in a moment.
_PATIENCE: Final = 0.5

_FORMS: Final = {
    "visit": N_("Visit"),
    "cancel_visit": N_("Cancel a visit"),
    "progress": N_("Progress"),
    "follow_up": N_("Follow-up"),
    "close_follow_up": N_("Follow-up: done"),
    "target": N_("Target"),
    "narrative": N_("Narrative"),
    "handover": N_("Contact person: assign or hand over"),
    "person": N_("Add a colleague"),
    "close_period": N_("Close a period"),
    "reopen_period": N_("Reopen a period"),
    "new_plan": N_("The plan of the next period"),
    "action": N_("Action of the year programme"),
    "merge": N_("Merge two organisations"),
    "save_view": N_("Save this view"),
    "day_off": N_("Days off"),
    "statement": N_("Finding of the analysis"),
    "step": N_("Step of a chain"),
    "mandate": N_("Mandate"),
    "rhythm": N_("Rhythm of visits"),
}

_FIELDS: Final = {
    "organisation_id": N_("Organisation"),
    "visited_on": N_("Date"),
    "visitor_id": N_("Visitor"),
    "status": N_("Status"),
    "mode": N_("How"),
    "goal_ids": N_("Goals"),
    "needs": N_("Needs"),
    "met": N_("People met"),
    "summary": N_("Note"),
    "private_note": N_("Private note"),
    "what": N_("What"),
    "due_on": N_("Due"),
    "owner_id": N_("By"),
    "reason": N_("Reason"),
    "indicator_id": N_("Indicator"),
    "value": N_("Value"),
    "observed_on": N_("Measured on"),
    "work_type_id": N_("Work type"),
    "qualifier": N_("For"),
    "note": N_("Note"),
    "evidence": N_("Evidence"),
    "source": N_("Comes from"),
    "done_on": N_("Done on"),
    "outcome": N_("Outcome"),
    "period_start": N_("From"),
    "period_end": N_("Until"),
    "what_happened": N_("What happened"),
    "so_what": N_("So what"),
    "what_next": N_("What next"),
    "person_id": N_("Contact person"),
    "starts_on": N_("From"),
    "ends_on": N_("Until"),
    "period_lock_id": N_("Period"),
    "name": N_("Name"),
    "role": N_("Role"),
    "code": N_("Code"),
    "title": N_("Title"),
    "without_indicator_ids": N_("Without"),
    "renames": N_("Other codes"),
    "targets": N_("Targets"),
    "use": N_("Show to all"),
    "goal_id": N_("For the goal"),
    "year": N_("Year"),
    "state": N_("State"),
    "budget_planned": N_("Planned, euro"),
    "budget_spent": N_("Spent, euro"),
    "keep_id": N_("This one stays"),
    "label": N_("Note"),
    "kind": N_("List"),
    "statement": N_("What"),
    "strategy": N_("Place"),
    "level": N_("Step"),
    "assumption": N_("Assumption"),
    "indicator_ids": N_("Watched by"),
    "convenor": N_("Called by"),
    "purpose": N_("Purpose"),
    "representative_id": N_("Represented by"),
    "size": N_("Size"),
    "ideal_days": N_("Days, ideally"),
    "maximum_days": N_("Days, at most"),
    "other_id": N_("This one goes into it"),
    "whose": N_("For whom"),
}
#: In no list and no file: shown only when somebody looks at one form.
_PRIVATE: Final = ("private_note", "met")

#: Words of the program that a field can hold.
_CODES: Final = (
    "done", "planned", "on_site", "online", "phone", "contact_person", "director", "reader",
    "none", "shift", "yes", "no", "under_way", "dropped", "small", "medium", "large",
    "weakness", "strength", "aspiration", "threat", "opportunity", "result", "limit_damage",
    "choose", "question_again", "defend", "invest", "commit", "rethink", "realise", "risk",
    "activity", "output", "outcome", "impact", "mandate", "membership", "network", "policy_watch",
)  # fmt: skip


def new_draft_id() -> str:
    """An id for a draft; it never leaves this file."""
    return str(uuid4())


def save_draft(session: Session, kept: Draft) -> None:
    """Keep what is typed in a form, for the person at the keyboard; on the disk when it returns.

    Does nothing in a file that can only be read. Raises Busy or another FileProblem.
    """
    if session.read_only:
        return
    row = DraftRow(
        kept.id,
        kept.form,
        _json({"open": dict(kept.subject), "about": kept.about, "left": kept.left}),
        _json({name: typed._asdict() for name, typed in kept.fields.items()}),
        session.actor,
        this_program(),
        moment_text(session.now),
    )
    session.database.note(lambda connection: put_draft(connection, row), patience=_PATIENCE)


def waiting_drafts(session: Session, open_here: Collection[str] = ()) -> list[Draft]:
    """The drafts of the person at the keyboard that no window has open, the last typed first.

    `open_here` are those that this program has open.
    """
    rows = session.database.read(lambda connection: drafts_of(connection, session.actor))
    return [_draft(row) for row in rows if _waits(row, session.now, open_here)]


def take_draft(session: Session, draft_id: str) -> Draft:
    """Take a draft to go on typing in it. Raises NotFound or RuleBroken when it cannot be."""

    def take(connection: Connection) -> DraftRow:
        row = _free(session, connection, draft_id)._replace(holder=this_program())
        hold_draft(connection, row.id, row.holder)
        return row

    return _draft(session.database.note(take))


def discard_draft(session: Session, draft_id: str) -> Draft:
    """Throw away a draft that waits, for good. Raises NotFound or RuleBroken."""

    def discard(connection: Connection) -> DraftRow:
        row = _free(session, connection, draft_id)
        drop_draft(connection, row.id)
        return row

    return _draft(session.database.note(discard))


def forget_draft(session: Session, draft_id: str) -> None:
    """Remove the draft of a form that is closed without saving; nothing when there is none."""
    if not session.read_only:
        session.database.note(lambda connection: drop_draft(connection, draft_id))


def find_draft(session: Session, typed: str) -> Draft:
    """The waiting draft that a short code stands for. Raises NotFound or Ambiguous."""
    found = {kept.id: kept for kept in waiting_drafts(session)}
    chosen = the_one(
        by_handle(typed, found),
        lambda identifier: f"{form_word(found[identifier])} {found[identifier].about}",
        typed,
        _("unfinished form"),
        "socius draft list",
    )
    return found[chosen]


def form_word(kept: Draft) -> str:
    """What the form is called."""
    return _(_FORMS[kept.form]) if kept.form in _FORMS else kept.form


def kept_at(kept: Draft) -> str:
    """When it was kept last, to the minute, on the clock of this computer."""
    try:
        here = moment_from(kept.saved_at).astimezone()
    except ValueError:
        return ""
    return format_moment(here, get_language())


def typed_words(kept: Draft) -> list[tuple[str, str]]:
    """What was typed: field and text, as a person reads them; what was not touched is left out."""
    return [
        (
            _(_FIELDS[name]) if name in _FIELDS else name,
            word(typed.text) if typed.text in _CODES else typed.words,
        )
        for name, typed in kept.fields.items()
        if typed.touched and typed.words
    ]


def first_words(kept: Draft) -> str:
    """What was typed, on one line, without what the form is about and what is private."""
    shown = {name: typed for name, typed in kept.fields.items() if name not in _PRIVATE}
    words = typed_words(kept._replace(fields=shown))
    return "; ".join(text for _field, text in words if text != kept.about)


def _free(session: Session, connection: Connection, draft_id: str) -> DraftRow:
    row = draft(connection, draft_id)
    if row is None or row.person_id not in (None, session.actor):
        raise NotFound(
            _("This unfinished form is no longer there."),
            hint=_("It was saved or thrown away in another window."),
        )
    if not _waits(row, session.now):
        raise RuleBroken(
            _("This form is open in another window."), hint=_("Go on typing there, or close it.")
        )
    return row


def _waits(row: DraftRow, now: datetime, open_here: Collection[str] = ()) -> bool:
    """Whether no window has it open."""
    if row.holder == this_program():
        return row.id not in open_here
    running = is_running(row.holder)
    return row.saved_at < moment_text(now - LEFT_AFTER) if running is None else not running


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


# What is read back was perhaps written by another program: what is not as it should be is left out.


def _draft(row: DraftRow) -> Draft:
    subject, fields = _object(row.subject), _object(row.fields)
    return Draft(
        row.id,
        row.form,
        {name: value for name, value in _part(subject, "open").items() if _is_plain(value)},
        _text(subject.get("about")),
        {name: _typed(value) for name, value in fields.items() if isinstance(value, dict)},
        _text(subject.get("left")),
        row.person_id,
        row.holder,
        row.saved_at,
    )


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _part(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _typed(value: Mapping[str, Any]) -> Typed:
    return Typed(
        _text(value.get("text")),
        tuple(_pairs(value.get("chosen"))),
        value.get("touched") is not False,
    )


def _pairs(value: object) -> Iterable[tuple[str, str]]:
    for pair in value if isinstance(value, list) else ():
        if isinstance(pair, list) and [type(part) for part in pair] == [str, str]:
            yield pair[0], pair[1]
