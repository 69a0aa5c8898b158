"""What the tables and columns of the journal are called and hold, for people.

Texts are msgids; `journal_words` translates them. A test asks for a head for every table, a
label for every column, and that references, days, numbers and codes are those of the schema.
"""

from __future__ import annotations

from typing import Final

from socius_tui.i18n import N_

#: What each table's rows are called; in braces the columns, and `period` for its two days.
HEADS: Final = {
    "plan": N_("plan {title}"),
    "plan_pause": N_("pause {period}"),
    "goal": N_("goal {code}"),
    "person": N_("colleague {name}"),
    "work_type": N_("work type {name}"),
    "subtype": N_("subtype {name}"),
    "organisation": N_("organisation {name}"),
    "organisation_contact": N_("contact person at {organisation_id}"),
    "assignment": N_("{person_id} for {work_type_id} from {starts_on}"),
    "indicator": N_("indicator {code}"),
    "target": N_("target of {indicator_id} for {period}"),
    "measurement": N_("measurement of {indicator_id} of {observed_on}"),
    "narrative": N_("story of {goal_id} for {period}"),
    "visit": N_("visit to {organisation_id} of {visited_on}"),
    "visit_met": N_("person met at the {visit_id}"),
    "visit_goal": N_("{goal_id} at the {visit_id}"),
    "visit_need": N_("need “{tag}” at the {visit_id}"),
    "follow_up": N_("follow-up “{what}”"),
    "key_figure": N_("key figure {name} {year}"),
    "period_lock": N_("closed period {period}"),
    "late_change": N_("change after the closing of {period_lock_id}"),
    "erasure": N_("erasure of personal data"),
    "import_mapping": N_("how the list “{name}” is read"),
    "import_column": N_("column “{header}” of {mapping_id}"),
    "setting": N_("setting of the file: {key}"),
}

#: By what a row is called where another row points at it; else by its head.
NAMED_BY: Final = {
    "plan": "title",
    "goal": "code",
    "person": "name",
    "work_type": "name",
    "subtype": "name",
    "organisation": "name",
    "organisation_contact": "name",
    "indicator": "code",
    "import_mapping": "name",
}

#: Which table a column points at.
REFERENCES: Final = {
    "plan_id": "plan",
    "parent_id": "goal",
    "previous_plan_id": "plan",
    "previous_goal_id": "goal",
    "previous_indicator_id": "indicator",
    "merged_into_id": "organisation",
    "mapping_id": "import_mapping",
    "goal_id": "goal",
    "indicator_id": "indicator",
    "organisation_id": "organisation",
    "work_type_id": "work_type",
    "subtype_id": "subtype",
    "visit_id": "visit",
    "contact_id": "organisation_contact",
    "period_lock_id": "period_lock",
    "person_id": "person",
    "owner_id": "person",
    "visitor_id": "person",
    "recorded_by": "person",
    "written_by": "person",
    "locked_by": "person",
    "unlocked_by": "person",
    "changed_by": "person",
    "erased_by": "person",
}

#: Labels of columns, the same in every table that has the column.
LABELS: Final = {
    "plan_id": N_("plan"),
    "parent_id": N_("below"),
    "previous_plan_id": N_("plan before it"),
    "previous_goal_id": N_("goal before it"),
    "previous_indicator_id": N_("indicator before it"),
    "merged_into_id": N_("merged with"),
    "mapping_id": N_("list"),
    "goal_id": N_("goal"),
    "indicator_id": N_("indicator"),
    "organisation_id": N_("organisation"),
    "work_type_id": N_("work type"),
    "subtype_id": N_("subtype"),
    "visit_id": N_("visit"),
    "contact_id": N_("contact person"),
    "period_lock_id": N_("closed period"),
    "person_id": N_("colleague"),
    "owner_id": N_("owner"),
    "visitor_id": N_("visitor"),
    "recorded_by": N_("entered by"),
    "written_by": N_("written by"),
    "locked_by": N_("closed by"),
    "unlocked_by": N_("opened again by"),
    "changed_by": N_("changed by"),
    "erased_by": N_("erased by"),
    "code": N_("code"),
    "title": N_("title"),
    "name": N_("name"),
    "organisation": N_("organisation"),
    "starts_on": N_("from"),
    "ends_on": N_("until"),
    "period_start": N_("from"),
    "period_end": N_("until"),
    "active_from": N_("active from"),
    "active_until": N_("active until"),
    "recognised_from": N_("recognised from"),
    "recognised_until": N_("recognised until"),
    "on_track_from": N_("on track from a pace ratio of"),
    "attention_from": N_("needs attention from a pace ratio of"),
    "coverage_policy": N_("coverage counts"),
    "coverage_fixed": N_("fixed number for coverage"),
    "source": N_("source"),
    "source_line": N_("lines of the source"),
    "label": N_("name"),
    "kind": N_("kind"),
    "summary": N_("note"),
    "position": N_("place in the order"),
    "year": N_("year"),
    "challenge": N_("policy challenge"),
    "role": N_("role"),
    "recognised": N_("number recognised"),
    "enterprise_number": N_("enterprise number"),
    "municipality": N_("municipality"),
    "size": N_("size"),
    "participation": N_("participation"),
    "federation": N_("federation"),
    "note": N_("note"),
    "function": N_("function"),
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "definition": N_("definition"),
    "unit": N_("unit"),
    "direction": N_("direction"),
    "band_low": N_("band from"),
    "band_high": N_("band until"),
    "aggregation": N_("values become"),
    "scope": N_("target counts"),
    "judging": N_("judged"),
    "sphere": N_("sphere"),
    "source_kind": N_("kind of source"),
    "collection_method": N_("collection"),
    "frequency": N_("reported"),
    "baseline_value": N_("baseline"),
    "baseline_on": N_("day of the baseline"),
    "computed": N_("counts by itself"),
    "computed_linked": N_("only what is linked to the goal"),
    "weight": N_("weight"),
    "origin": N_("origin"),
    "value": N_("value"),
    "qualifier": N_("qualifier"),
    "reason": N_("reason"),
    "observed_on": N_("day"),
    "form": N_("entered as"),
    "numerator": N_("above the line"),
    "denominator": N_("below the line"),
    "evidence": N_("evidence"),
    "what_happened": N_("what happened"),
    "so_what": N_("so what"),
    "what_next": N_("what next"),
    "visited_on": N_("day"),
    "status": N_("status"),
    "mode": N_("how"),
    "private_note": N_("private note"),
    "tag": N_("need"),
    "what": N_("what"),
    "due_on": N_("due"),
    "done_on": N_("done on"),
    "outcome": N_("outcome"),
    "line": N_("budget line"),
    "unlock_reason": N_("why it was opened again"),
    "subject": N_("whose data"),
    "rows": N_("rows"),
    "header": N_("column"),
    "field": N_("is read as"),
    "decimals": N_("numbers have"),
    "days": N_("days are written as"),
    "changes": N_("entries of the journal"),
    "retired_at": N_("taken out"),
}
#: Where a table means something else by a column.
OWN_LABELS: Final = {
    ("goal", "summary"): N_("summary"),
    ("visit_met", "name"): N_("person met"),
    ("target", "value"): N_("target"),
}

#: Told by the entry itself: when it was written, and what a late change was about.
SKIPPED: Final = frozenset(
    (
        "recorded_at",
        "written_at",
        "locked_at",
        "unlocked_at",
        "changed_at",
        "erased_at",
        "row_id",
        "retired_at",
    )
)
#: Of use to the program alone.
MACHINE: Final = frozenset(("position", "source_line"))

#: In no export and on no screen but that of who has the file open: private notes, who was met,
#: how somebody can be reached.
PRIVATE: Final = frozenset(
    (
        ("visit", "private_note"),
        ("visit_met", "name"),
        ("visit_met", "contact_id"),
        ("organisation_contact", "name"),
        ("organisation_contact", "function"),
        ("organisation_contact", "email"),
        ("organisation_contact", "phone"),
    )
)

DATES: Final = frozenset(
    (
        "starts_on",
        "ends_on",
        "active_from",
        "active_until",
        "recognised_from",
        "recognised_until",
        "baseline_on",
        "period_start",
        "period_end",
        "observed_on",
        "visited_on",
        "due_on",
        "done_on",
    )
)
NUMBERS: Final = frozenset(
    (
        "on_track_from",
        "attention_from",
        "band_low",
        "band_high",
        "baseline_value",
        "weight",
        "value",
        "numerator",
        "denominator",
    )
)
CODES: Final = frozenset(
    (
        "coverage_policy",
        "kind",
        "role",
        "size",
        "participation",
        "function",
        "direction",
        "aggregation",
        "scope",
        "judging",
        "sphere",
        "source_kind",
        "frequency",
        "computed",
        "origin",
        "form",
        "status",
        "mode",
        "subject",
        "decimals",
        "days",
    )
)
FLAGS: Final = frozenset(("computed_linked",))

SETTINGS: Final = {"plan": N_("plan that is shown"), "today": N_("day on which it stands still")}
