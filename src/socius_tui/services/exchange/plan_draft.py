"""Makes a plan file out of the document of a plan, for a person to look through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from socius_tui.domain.dates import FIRST_YEAR, LAST_YEAR
from socius_tui.domain.model import GoalKind
from socius_tui.domain.plan_headings import Remark
from socius_tui.domain.plan_proposal import Proposal, ProposedGoal, fitting, propose
from socius_tui.domain.plan_words import Vocabulary
from socius_tui.domain.text import fold
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.plan_document import PlanDocument, read_plan_document
from socius_tui.services.exchange.plan_remarks import places, sentence
from socius_tui.services.exchange.plan_vocabulary import all_vocabularies, vocabulary

#: The key of [expect] for the number of goals of a kind.
_EXPECTED: Final = {
    GoalKind.STRATEGIC: "strategic",
    GoalKind.OPERATIONAL: "operational",
    GoalKind.BASIC_TASK: "basic_tasks",
    GoalKind.OBJECTIVE: "objectives",
}


class Facts(NamedTuple):
    """What a plan file begins with; what is not known is empty or None."""

    code: str = ""
    title: str = ""
    organisation: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class PlanDraft(NamedTuple):
    """A proposal with what is known of the plan; `title_from` are the lines that gave it."""

    document: PlanDocument
    proposal: Proposal
    facts: Facts
    title_from: tuple[int, int] | None
    remarks: tuple[Remark, ...]


def draft_plan(path: Path, *, words: str = "", given: Facts | None = None) -> PlanDraft:
    """What the document in a file proposes, read with the vocabulary `words`.

    Without `words` with the vocabulary that fits best. What is `given` goes before what the
    document says. Raises FileProblem and BadFile for the file or a vocabulary, NotFound for
    a vocabulary that there is not, BadFile when the document announces no goal.
    """
    chosen = [vocabulary(words)] if words else all_vocabularies()
    document = read_plan_document(path)
    proposal = propose(document.text, chosen[0]) if words else fitting(document.text, chosen)
    if proposal is None or not (proposal.goals or proposal.unplaced):
        raise _nothing(document.name, chosen)
    facts = _facts(proposal, given or Facts())
    title_from = proposal.title_lines if proposal.title else None
    return PlanDraft(
        document, proposal, facts, title_from, tuple(_remarks(document, proposal, facts))
    )


def _nothing(name: str, tried: list[Vocabulary]) -> BadFile:
    words = [word for one in tried for level in one.levels for word in level.words[:1]]
    return BadFile(
        _("{file} announces no goal: no line begins with words such as {words} and a number.")
        .format(file=name, words=", ".join(f"“{word}”" for word in dict.fromkeys(words))),
        hint=_("If the plan has other words for its goals, put them in a vocabulary of your own "
               "and name it with --vocabulary (docs/plan-draft.md)."),
    )  # fmt: skip


def _facts(proposal: Proposal, given: Facts) -> Facts:
    title = given.title or proposal.title
    years = proposal.years
    if years is not None and not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
        years = None
    return Facts(
        given.code or re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:60].strip("-"),
        title,
        given.organisation,
        given.starts_on or (date(years[0], 1, 1) if years else None),
        given.ends_on or (date(years[1], 12, 31) if years else None),
    )


def _remarks(document: PlanDocument, proposal: Proposal, facts: Facts) -> Iterator[Remark]:
    """What the file itself gives to say, then what the proposal does, in the order of lines."""
    if document.encoding == "cp1252":
        yield Remark("encoding", (), look=False)
    if facts.starts_on is None or facts.ends_on is None:
        yield Remark("no_period", ())
    if facts.starts_on is not None and proposal.number(GoalKind.ACTION):
        yield Remark("action_year", (), values={"year": facts.starts_on.year})
    yield from proposal.remarks


def unfinished(draft: PlanDraft) -> list[str]:
    """What keeps the draft from being a plan file: a sentence for each problem."""
    from socius_tui.services.exchange.planfile import parse_plan_file

    try:
        parse_plan_file("".join(plan_toml(draft)).encode(), "plan.toml")
    except BadFile as error:
        return list(error.problems)
    return []


# ---- as a plan file ------------------------------------------------------------------------


def plan_toml(draft: PlanDraft) -> Iterator[str]:
    """The draft as a plan file, with its remarks as comments above what they are about."""
    goals = {goal.code for goal in draft.proposal.goals}
    yield from _comment(
        _("A proposal, made from {file}. Look it through: titles, places and the remarks.").format(
            file=draft.document.name
        )
    )
    yield from _comment(_("source_line names the lines of that file; docs/plan-file.md the keys."))
    for remark in draft.remarks:
        if remark.goal not in goals:
            yield from _said(remark)
    yield "\n"
    yield from _plan(draft)
    for goal in draft.proposal.goals:
        yield "\n"
        for remark in draft.remarks:
            if remark.goal == goal.code:
                yield from _said(remark)
        yield from _goal(goal, draft.facts)
    for goal in draft.proposal.unplaced:
        yield "\n"
        yield from _comment(_("This goal has no place. Give it a code and a parent, or leave it."))
        for line in _goal(goal, draft.facts):
            yield f"# {line}"
    yield from _expect(draft.proposal)


def _plan(draft: PlanDraft) -> Iterator[str]:
    facts = draft.facts
    yield "[plan]\n"
    if draft.title_from is not None:
        yield from _comment(_("Title and years: {place}.").format(place=places(draft.title_from)))
    yield _asked("code", facts.code and _text(facts.code), _("a short name, such as plan-2026"))
    yield _asked("title", facts.title and _text(facts.title), _("the title of the plan"))
    yield _asked(
        "organisation", facts.organisation and _text(facts.organisation), _("whose plan it is")
    )
    for key, day, asked in (
        ("starts_on", facts.starts_on, _("first day of the policy period, such as 2026-01-01")),
        ("ends_on", facts.ends_on, _("last day of the policy period, such as 2030-12-31")),
    ):
        yield _asked(key, day.isoformat() if day is not None else "", asked)
    yield f"source = {_text(draft.document.name)}\n"


def _asked(key: str, value: str, asked: str) -> str:
    """A line with the value, or one in comment that asks for it."""
    return f"{key} = {value}\n" if value else f"# {key} =   ({asked})\n"


def _goal(goal: ProposedGoal, facts: Facts) -> Iterator[str]:
    yield "[[goal]]\n"
    yield _asked("code", goal.code and _text(goal.code), _("its code"))
    yield f"kind = {_text(goal.kind)}\n"
    if goal.parent:
        yield f"parent = {_text(goal.parent)}\n"
    yield _asked("title", goal.title and _text(goal.title), _("its title"))
    if goal.kind is GoalKind.ACTION:
        year = facts.starts_on.year if facts.starts_on is not None else ""
        yield _asked("year", str(year), _("the year that it is planned in"))
    first, last = goal.lines
    yield f"source_line = {_text(f'{first}-{last}' if first != last else str(first))}\n"


def _expect(proposal: Proposal) -> Iterator[str]:
    """What the document says of itself, where the proposal agrees with it."""
    agreed = {
        _EXPECTED[count.kind]: str(count.said)
        for count in proposal.counts
        if count.said == count.found and not count.under and count.kind in _EXPECTED
    }
    if proposal.overview is not None and proposal.overview.confirms:
        below = [
            sum(g.parent == top.code for g in proposal.goals if g.kind is GoalKind.OPERATIONAL)
            for top in proposal.goals
            if top.kind is GoalKind.STRATEGIC
        ]
        agreed["operational_per_strategic"] = json.dumps(below)
    if agreed:
        yield "\n"
        yield from _comment(_("What the document says of itself, and what agrees."))
        yield "[expect]\n"
        yield from (f"{key} = {value}\n" for key, value in agreed.items())


def _said(remark: Remark) -> Iterator[str]:
    told = sentence(remark)
    yield from _comment((_("LOOK: {remark}") if remark.look else "{remark}").format(remark=told))


def _comment(text: str) -> Iterator[str]:
    yield f"# {text}\n"


def _text(value: str) -> str:
    """A text of TOML: that of JSON is one, but for DEL, which `clean` never leaves."""
    return json.dumps(value, ensure_ascii=False)


# ---- as JSON -------------------------------------------------------------------------------


def plan_json(draft: PlanDraft) -> str:
    """The draft for another program; lines are pairs of first and last."""
    proposal, facts = draft.proposal, draft.facts
    found = {
        "file": draft.document.name,
        "encoding": draft.document.encoding,
        "vocabulary": proposal.vocabulary.code,
        "plan": {
            "code": facts.code or None,
            "title": facts.title or None,
            "organisation": facts.organisation or None,
            "starts_on": facts.starts_on.isoformat() if facts.starts_on else None,
            "ends_on": facts.ends_on.isoformat() if facts.ends_on else None,
        },
        "goals": [_plain(goal) for goal in proposal.goals],
        "unplaced": [_plain(goal) for goal in proposal.unplaced],
        "counts": [
            {
                "kind": count.kind.value,
                "under": count.under or None,
                "said": count.said,
                "found": count.found,
                "lines": count.lines,
            }
            for count in proposal.counts
        ],
        "overview": proposal.overview and proposal.overview._asdict(),
        "remarks": [
            {
                "code": remark.code,
                "look": remark.look,
                "goal": remark.goal or None,
                "lines": remark.lines,
                "sentence": sentence(remark),
            }
            for remark in draft.remarks
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _plain(goal: ProposedGoal) -> dict[str, Any]:
    return {
        "code": goal.code or None,
        "kind": goal.kind.value,
        "parent": goal.parent or None,
        "title": goal.title,
        "lines": goal.lines,
        "heading": goal.heading,
    }
