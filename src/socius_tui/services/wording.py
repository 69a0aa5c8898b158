"""The words and symbols for what the file holds as codes, in the interface language."""

from __future__ import annotations

from typing import Final

from socius_tui.domain.agenda import AgendaItem, Matter
from socius_tui.domain.model import Status
from socius_tui.domain.numbers import format_exact
from socius_tui.i18n import N_, _, get_language

#: Beside what was changed in a period after that was closed; one cell wide.
LATE: Final = "✎"

#: A status is always a symbol and a word, never colour alone. All are one cell wide.
_SYMBOLS: Final = {
    Status.MET: "★",
    Status.ON_TRACK: "●",
    Status.ATTENTION: "▲",
    Status.OFF_TRACK: "▼",
    Status.NO_DATA: "○",
    Status.NOT_STARTED: "·",
}

_WORDS: Final = {
    # status
    "met": N_("met"),
    "on_track": N_("on track"),
    "attention": N_("needs attention"),
    "off_track": N_("off track"),
    "no_data": N_("no data"),
    "not_started": N_("not started yet"),
    # levels
    "plan": N_("plan"),
    "strategic": N_("strategic goal"),
    "operational": N_("operational goal"),
    "basic_task": N_("basic task"),
    "objective": N_("objective"),
    "action": N_("action"),
    "indicator": N_("indicator"),
    # kinds of indicator
    "comma": N_("a decimal comma"),
    "point": N_("a decimal point"),
    "day_first": N_("the day first"),
    "month_first": N_("the month first"),
    "count": N_("count"),
    "amount": N_("amount"),
    "percentage": N_("percentage"),
    "ratio": N_("ratio"),
    "scale": N_("scale"),
    "milestone": N_("milestone"),
    "narrative": N_("narrative"),
    # direction
    "increase": N_("higher is better"),
    "decrease": N_("lower is better"),
    "maintain": N_("stay inside a band"),
    # aggregation
    "sum": N_("sum"),
    "latest": N_("latest value"),
    "mean": N_("mean"),
    "min": N_("lowest value"),
    "max": N_("highest value"),
    "distinct": N_("different ones"),
    # scope and judging
    "per_period": N_("per period"),
    "to_date": N_("up to the end of the period"),
    "by_pace": N_("by pace"),
    "by_period": N_("year by year"),
    # sphere and source
    "control": N_("sphere of control"),
    "influence": N_("sphere of influence"),
    "ambition": N_("sphere of ambition"),
    "self_registration": N_("self-registration"),
    "administrative": N_("administrative data"),
    "research": N_("research"),
    # frequency
    "month": N_("monthly"),
    "quarter": N_("quarterly"),
    "half_year": N_("half-yearly"),
    "year": N_("yearly"),
    # origin
    "example": N_("example"),
    "own": N_("own"),
    # visits
    "planned": N_("planned"),
    "done": N_("done"),
    "cancelled": N_("cancelled"),
    "on_site": N_("on site"),
    "online": N_("online"),
    "phone": N_("by phone"),
    # organisations and people
    "small": N_("small"),
    "medium": N_("medium-sized"),
    "large": N_("large"),
    "reached": N_("reached"),
    "kept": N_("left as it stood"),
    "other": N_("the other taken"),
    "not_reached": N_("not reached"),
    "coordinator": N_("coordinator"),
    "agogic": N_("agogic staff"),
    "board": N_("board"),
    "contact_person": N_("contact person"),
    "director": N_("director"),
    "reader": N_("reader"),
    # ways to enter a number
    "value": N_("a number"),
    "not_applicable": N_("not applicable"),
    "text": N_("text"),
    # coverage, and what counts by itself
    "recognised": N_("organisations recognised on the day"),
    "fixed": N_("a fixed number"),
    "visited_organisations": N_("organisations visited"),
    "visits_done": N_("visits done"),
    "follow_ups_on_time": N_("follow-ups done in time"),
    "work_types_with_contact": N_("work types with a contact person"),
    # whose data was erased
    "person": N_("colleague"),
    "organisation_contact": N_("contact person at an organisation"),
    "name": N_("name"),
    # what was found or changed
    "goal": N_("goal"),
    "organisation": N_("organisation"),
    "visit": N_("visit"),
    "measurement": N_("measurement"),
    "follow_up": N_("follow-up"),
    # what else can be changed in a closed period, and how that is now
    "target": N_("target"),
    "assignment": N_("assignment"),
    "visit_goal": N_("goal of a visit"),
    "closed": N_("closed"),
    "reopened": N_("reopened"),
    # findings of a check
    "damage": N_("damage"),
    "data": N_("data"),
    # rows of a salvaged file
    "left_out": N_("left out"),
    "file_taken": N_("as in the file"),
    "journal_taken": N_("as in the journal"),
    "no_parent": N_("refers to nothing"),
    # what became of a goal in the next plan, and where its baseline comes from
    "continued": N_("continued"),
    "new": N_("new"),
    "dropped": N_("dropped"),
    "last_value": N_("last value"),
    "last_period": N_("last period that was over"),
    "former_baseline": N_("baseline of before"),
    "from_zero": N_("counts from zero again"),
    "no_baseline": N_("takes no baseline"),
    "no_value": N_("never measured yet"),
    # what changed between two days, and what a share is of
    "better": N_("better"),
    "worse": N_("worse"),
    "appeared": N_("data now"),
    "lost": N_("no data now"),
    "moved": N_("moved"),
    "same": N_("the same"),
    "coverage": N_("recognised"),
    "progress": N_("progress"),
    "part": N_("the whole"),
    # answers of a form
    "none": N_("the new plan sets its own"),
    "shift": N_("moved along"),
    "yes": N_("yes"),
    "no": N_("no"),
    # freshness
    "fresh": N_("up to date"),
    "ageing": N_("ageing"),
    "stale": N_("stale"),
    "never": N_("never measured"),
    # yearly commitments
    "fulfilled": N_("fulfilled"),
    "open": N_("open"),
    "missed": N_("missed"),
    "upcoming": N_("upcoming"),
    # how an action is going
    "under_way": N_("under way"),
    # the agenda: its parts, and what stands in it
    "overdue": N_("overdue"),
    "this_week": N_("this week"),
    "this_month": N_("this month"),
    "later": N_("later"),
    "undated": N_("without a day"),
    "silent": N_("no fresh data"),
    "commitment": N_("commitment"),
    # the analysis of the plan: its lists, and the nine strategies of its grid
    "weakness": N_("weakness"),
    "strength": N_("strength"),
    "aspiration": N_("aspiration"),
    "threat": N_("threat"),
    "opportunity": N_("opportunity"),
    "result": N_("result"),
    "limit_damage": N_("limit the damage"),
    "choose": N_("choose"),
    "question_again": N_("question again"),
    "defend": N_("defend"),
    "invest": N_("invest"),
    "commit": N_("commit"),
    "rethink": N_("rethink"),
    "realise": N_("realise"),
    "risk": N_("risk"),
    "unplaced": N_("without a place"),
    # the chain from what is done to what it is for
    "activity": N_("activity"),
    "output": N_("output"),
    "outcome": N_("outcome"),
    "impact": N_("impact"),
    # why a visit is proposed, and how it is with an organisation
    "never_visited": N_("never visited"),
    "longest_ago": N_("longest ago"),
    "same_place": N_("same municipality"),
    "in_touch": N_("in touch"),
    "touch_due": N_("due"),
    "touch_overdue": N_("too long ago"),
    # where the centre sits
    "mandate": N_("mandate"),
    "membership": N_("membership"),
    "network": N_("network"),
    "policy_watch": N_("policy watch"),
    "current": N_("current"),
    "ended": N_("ended"),
    "unrepresented": N_("without representative"),
}


def word(code: str) -> str:
    """The word for a code of the file; an empty code gives an empty word."""
    return _(_WORDS[code]) if code else ""


def kind_word(kind: Matter) -> str:
    """What sort of thing stands in the agenda: of a stale indicator, that it is one."""
    return word("indicator" if kind is Matter.STALE else kind.value)


def item_about(item: AgendaItem) -> str:
    """What something in the agenda comes from; of a target how much it asks, and of whom."""
    asked = f"{format_exact(item.amount, get_language())} {item.detail}" if item.amount else ""
    return ", ".join(filter(None, (asked.strip() or item.detail, item.audience)))


def known_word(code: str) -> str:
    """The word for a code, empty when the program does not know the code."""
    return _(_WORDS[code]) if code in _WORDS else ""


def symbol(status: Status) -> str:
    """The symbol of a status, one cell wide."""
    return _SYMBOLS[status]
