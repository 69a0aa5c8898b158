"""The sentences of a check: what each finding means, and what to do."""

from __future__ import annotations

from typing import Final, NamedTuple

from socius_tui.domain.findings import Finding, Severity
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _
from socius_tui.services.handles import handle
from socius_tui.services.wording import known_word
from socius_tui.store.checks.facts import Fact

_RESTORE: Final = N_(
    "Keep the file. Restore a backup (`socius restore`), or save what can be read with "
    "`socius check --salvage NEWFILE`."
)
_REPAIR: Final = N_("`socius check --repair` makes it anew; no data is lost.")
_DIRECTIONS: Final = N_(
    "Look which of the two is right. `socius check --repair` takes what the journal has; "
    "`socius check --accept` keeps what is in the file and writes it in the journal."
)
_PLAN: Final = N_("Correct the plan, or bring back what was taken out.")

_LONGEST: Final = 120  # characters of a value in a sentence


class Words(NamedTuple):
    """A finding in words: msgids."""

    severity: Severity
    sentence: str
    advice: str


def _damage(sentence: str, advice: str) -> Words:
    return Words(Severity.DAMAGE, sentence, advice)


def _data(sentence: str, advice: str) -> Words:
    return Words(Severity.DATA, sentence, advice)


WORDS: Final[dict[str, Words]] = {
    # the file
    "file.broken": _damage(N_("SQLite finds a damaged place: {message}."), _RESTORE),
    "file.unreadable": _damage(N_("The file cannot be read."), _RESTORE),
    "file.references": _damage(N_("Whether rows refer to rows cannot be checked."), _RESTORE),
    "file.journal": _damage(N_("The journal cannot be read to its end."), _RESTORE),
    "file.plan": _damage(N_("What the rows say cannot be compared."), _RESTORE),
    "table.unreadable": _damage(
        N_("The table {kind}, or an index of it, cannot be read to its end."), _RESTORE
    ),
    "row.no_parent": _damage(
        N_("{kind} {row} refers to a row of {parent} that is not there."), _RESTORE
    ),
    "schema.no_table": _damage(N_("The table {name} is missing."), _RESTORE),
    "schema.other_table": _damage(N_("The table {name} is not defined as it should be."), _RESTORE),
    "schema.no_index": _damage(N_("The index {name} is missing."), _REPAIR),
    "schema.other_index": _damage(N_("The index {name} is not defined as it should be."), _REPAIR),
    "schema.no_trigger": _damage(
        N_("The trigger {name} is missing: not everything is journalled or found."), _REPAIR
    ),
    "schema.other_trigger": _damage(N_("The trigger {name} is not as it should be."), _REPAIR),
    "schema.no_view": _damage(N_("The view {name} is missing: other programs read it."), _REPAIR),
    "schema.other_view": _damage(N_("The view {name} is not defined as it should be."), _REPAIR),
    "schema.extra": _data(
        N_("The {sort} {name} is not of this program."),
        N_("Leave it if you put it there; else take it out with the program that made it."),
    ),
    "search.index": _damage(N_("The search index does not agree with what it indexes."), _REPAIR),
    "summary.differs": _damage(
        N_("Summaries of measurements differ from the rows: {count} months or years."), _REPAIR
    ),
    "search.documents": _damage(
        N_("Of {count} rows search finds another text than they have."), _REPAIR
    ),
    # rows and journal
    "row.differs": _damage(
        N_(
            "{kind} {row} is not the same in file and journal ({columns}). In the file: “{file}”. "
            "In the journal: “{journal}”."
        ),
        _DIRECTIONS,
    ),
    "row.lost": _damage(N_("{kind} {row} is in the journal and not in the file."), _DIRECTIONS),
    "row.not_in_journal": _damage(
        N_("{kind} {row} is in the file and not in the journal."), _DIRECTIONS
    ),
    "journal.entry": _damage(
        N_("Change {place} in the journal ({kind} {row}) does not fit those around it."), _RESTORE
    ),
    "journal.no_entry": _damage(N_("The journal misses change {place}."), _RESTORE),
    "journal.set": _damage(N_("Change set {place} of the journal is damaged."), _RESTORE),
    "journal.no_set": _damage(N_("The journal misses change set {place}."), _RESTORE),
    "journal.state": _damage(
        N_("The journal does not know how far it is ({columns})."),
        N_("`socius check --repair` counts again; no data is lost."),
    ),
    # the plan
    "plan.code_twice": _data(
        N_("The code {name} is that of {other} plans."), N_("Give each a code of its own.")
    ),
    "goal.plan_retired": _data(N_("Goal {name} is in use and its plan {other} is not."), _PLAN),
    "goal.parent_retired": _data(
        N_("Goal {name} is in use and the goal above it, {other}, is not."), _PLAN
    ),
    "goal.parent_elsewhere": _data(
        N_("Goal {name} stands under {other}, which is of another plan."), _PLAN
    ),
    "goal.cycle": _data(N_("Goal {name} stands under itself: {other}."), _PLAN),
    "goal.code_twice": _data(
        N_("The code {name} is that of {other} goals."), N_("Give each a code of its own.")
    ),
    "goal.no_weight": _data(
        N_("All indicators of goal {name} have weight 0, so it has no progress."),
        N_("Give one of them a weight above 0."),
    ),
    "indicator.goal_retired": _data(
        N_("Indicator {name} is in use and its goal {other} is not."), _PLAN
    ),
    "indicator.code_twice": _data(
        N_("The code {name} is that of {other} indicators."), N_("Give each a code of its own.")
    ),
    "target.overlap": _data(
        N_("Two targets of {name} speak of the same days: {other}."),
        N_("Take one of them out, or change its period."),
    ),
    "target.outside": _data(
        N_("A target of {name} lies outside the plan: {other}."), N_("Change its period.")
    ),
    "pause.outside": _data(
        N_("A pause of plan {name} lies outside it: {other}."), N_("Change its dates.")
    ),
    "measurement.outside": _data(
        N_("Measurement {row} of {name} lies outside the plan: {other}."),
        N_("Correct its date (`socius progress edit {row}`), or take it out."),
    ),
    "visit.goal_elsewhere": _data(
        N_("Visit {row} of {name} is about a goal of a plan of other days: {other}."),
        N_("Correct its date or its goals (`socius visit edit {row}`): it counts nowhere."),
    ),
    "measurement.computed": _data(
        N_("Measurement {row} of {name} counts for nothing: {name} is counted from the log."),
        N_("Take it out: `socius progress retire {row}`."),
    ),
    # people, promises, drafts
    "assignment.gap": _data(
        N_("{name} had no contact person: {other}."),
        N_('Say who it was: `socius assign PERSON "{name}" --from D --until D`.'),
    ),
    "assignment.overlap": _data(
        N_("{name} had two contact persons on the same days: {other}."),
        N_("Take one of the two out, or change its dates."),
    ),
    "follow_up.visit_retired": _data(
        N_("Follow-up {row} (“{name}”) is open and its visit was taken out."),
        N_(
            "Close it (`socius followup done {row}`), or take it out (`socius followup retire "
            "{row}`)."
        ),
    ),
    "draft.unreadable": _data(
        N_("A half-filled form ({form}) cannot be read."),
        N_("Nothing can be done with it: throw it away when the program offers it."),
    ),
    "more": _data(N_("There are {count} more of this kind."), N_("Solve these first.")),
}


def finding(fact: Fact) -> Finding:
    """A fact in the interface language."""
    words = WORDS[fact.code]
    values = {name: clean(str(value), limit=_LONGEST) for name, value in fact.values.items()}
    values |= {"kind": clean(known_word(fact.kind) or fact.kind, limit=40), "row": _row(fact)}
    return Finding(
        fact.code,
        words.severity,
        fact.kind,
        fact.row_id,
        _(words.sentence).format_map(values),
        _(words.advice).format_map(values),
    )


def _row(fact: Fact) -> str:
    """What to call a row: settings have a name, the others their short code."""
    return clean(fact.row_id, limit=40) if fact.kind == "setting" else handle(fact.row_id)
