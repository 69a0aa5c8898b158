"""What is to be said of a proposed plan, as sentences for the person who looks it through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from socius_tui.domain.plan_headings import Remark
from socius_tui.domain.plan_proposal import Proposal
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.wording import word

_SHOWN: Final = 400  # characters of a wording; a title has at most 500

#: Placeholders: place and other are lines in the document, goal is a code, the rest its values.
SENTENCES: Final = {
    # how something was read
    "moved_rightly": N_(
        "The numbers begin again on {place}, before “{heading}” on {other}: these {n} goals were "
        "put under it. The overview on {third} has them there too."
    ),
    "before_section": N_(
        "“{title}” on {place} stands before the heading “{heading}” on {other} and was taken with "
        "it, as the document repeats it elsewhere."
    ),
    "shortened": N_("{goal}: the overview on {other} writes “{text_other}” for “{title}”."),
    "hyphen": N_(
        "{goal}: “{word}” is broken at the end of {place}, and the document has it whole nowhere "
        "else."
    ),
    "capitals": N_(
        "{goal}: the title is printed in capitals; these words are nowhere else in the document: "
        "{words}."
    ),
    "over_page": N_("The title on {place} was read on over the end of a page."),
    "short_line": N_(
        "The title on {place} ends where its line does: the next line begins with a capital."
    ),
    "elsewhere": N_("“{text}” on {place} stands elsewhere; its number puts it under {parent}."),
    "encoding": N_("The file is no UTF-8; it was read as Windows-1252."),
    # what to look at
    "moved": N_(
        "The numbers begin again on {place}, before “{heading}” on {other}: these {n} goals were "
        "put under it. No overview confirms it."
    ),
    "mended": N_(
        "{goal}: “{word}” is in two parts on {place} and whole in the overview on {other}; it was "
        "made whole."
    ),
    "torn": N_(
        "{goal}: a word is in two parts on {place} and whole, “{word}”, in the overview on "
        "{other}; nothing was changed."
    ),
    "one_word": N_("{goal}: “{apart}” on {place} may be one word; the document also has “{word}”."),
    "wording": N_("{goal}: “{title}” on {place}, “{text_other}” on {other}."),
    "order": N_(
        "The overview has {goal} (on {place}) where {expected} would stand, if the goals were in "
        "the right places."
    ),
    "not_in_overview": N_("{goal}: “{title}” on {place} is not in the list on {other}."),
    "only_in_overview": N_("“{text}” on {place}, in the overview, is no goal of the proposal."),
    "only_in_list": N_("{code}, “{title}”, on {place} stands in a list only; it was left out."),
    "count": N_("The document says on {place}: {said} × {kind}; found: {found}."),
    "count_below": N_("{goal}: the document says on {place}: {said} × {kind}; found: {found}."),
    "gap": N_("Beside {goal}, on {place}, these numbers are missing: {numbers}."),
    "inside": N_(
        "{place} reads as a heading but stands inside a paragraph; it was left out: “{text}”."
    ),
    "unnumbered": N_("{place} has no number; it was left out: “{text}”."),
    "no_title": N_("“{text}” on {place} has no title."),
    "long_title": N_("The title on {place} has no end that can be seen; it was cut off."),
    "title_end": N_("Where the title on {place} ends is not sure: no blank line follows it."),
    "twice": N_("The number of “{text}” on {place} is there already; it got no place."),
    "number": N_("The number of “{text}” on {place} does not fit there; it got no place."),
    "no_parent": N_(
        "“{text}” on {place} names a goal above it that is not there; it got no place."
    ),
    "restart": N_(
        "The numbers begin again on {place} and do not fit under the next heading either; these "
        "{n} goals got no place."
    ),
    "restart_at_end": N_(
        "The numbers begin again on {place} and no heading comes after it; these {n} goals got no "
        "place."
    ),
    "task_in_doubt": N_(
        "“{title}” on {place} stands before the heading “{heading}” on {other}; nothing else says "
        "that it belongs there, and it was left out."
    ),
    "section_empty": N_("Under “{text}” on {place} there is no heading that can be recognised."),
    "list_count": N_(
        "{goal}: {said} items are announced on {place}, found: {found}; none was taken."
    ),
    "other_period": N_("Another period is named on {place}: {period}."),
    "no_period": N_("The document does not say for which years the plan is."),
    "action_year": N_(
        "The document gives no year for its actions; all have the first year of the plan: {year}."
    ),
}  # fmt: skip


def places(lines: tuple[int, int]) -> str:
    """Lines of the document, in words."""
    first, last = lines
    if first == last:
        return _("line {line}").format(line=first)
    return _("lines {first}-{last}").format(first=first, last=last)


def sentence(remark: Remark) -> str:
    """A remark in words, on one line and safe to show."""
    values = {
        key: clean(value, limit=_SHOWN) if isinstance(value, str) else value
        for key, value in remark.values.items()
    }
    if "kind" in values:
        values["kind"] = word(str(values["kind"]))
    if "other" in values:
        values["text_other"] = values.pop("other")
    named = dict(zip(("place", "other", "third"), map(places, remark.lines), strict=False))
    code = "count_below" if remark.code == "count" and remark.goal else remark.code
    told = _(SENTENCES[code]).format(goal=remark.goal, **values, **named)
    return clean(told[:1].upper() + told[1:])


def remarks_table(remarks: Sequence[Remark]) -> Table:
    """The remarks on a proposed plan, for `--report`."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.code),
            Column("look", N_("To look at"), "text", lambda x: "yes" if x.look else "no"),
            Column("goal", N_("Goal"), "text", lambda x: x.goal),
            Column("line", N_("Line"), "number", lambda x: x.lines[0][0] if x.lines else None),
            Column("until", N_("Until"), "number", lambda x: x.lines[0][1] if x.lines else None),
            Column("remark", N_("Remark"), "text", sentence, flow="wrap"),
        ),
        remarks,
    )


def summary(proposal: Proposal) -> list[str]:
    """How much was found, with which words, and what it was held against: a line each."""
    kinds = dict.fromkeys(level.kind for level in proposal.vocabulary.levels)
    numbers = [(kind, proposal.number(kind)) for kind in kinds]
    told = [
        _("Found: {counts} (words: {vocabulary}).").format(
            counts=", ".join(f"{n} × {word(kind)}" for kind, n in numbers if n),
            vocabulary=proposal.vocabulary.code,
        )
    ]
    for count in proposal.counts:
        if count.said == count.found and not count.under:
            told.append(
                _("The document itself says on {place}: {n} × {kind}. That agrees.").format(
                    place=places(count.lines), n=count.said, kind=word(count.kind)
                )
            )
    if not any(not count.under for count in proposal.counts):
        told.append(_("The document does not say how many goals it has."))
    if proposal.overview is None:
        told.append(_("There is no overview in it to compare with."))
    else:
        told.append(
            (
                _("The overview on {place} names {n} of these goals, and its order confirms "
                  "their places.")
                if proposal.overview.confirms
                else _("The overview on {place} names {n} of these goals; its order says nothing "
                       "of their places.")
            ).format(place=places(proposal.overview.lines), n=proposal.overview.goals)
        )  # fmt: skip
    return told
