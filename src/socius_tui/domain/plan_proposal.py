"""A proposal of the goals of a plan, made from the text of its document and held against it."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from socius_tui.domain.model import GoalKind
from socius_tui.domain.plan_headings import Heading, Reader, Remark, find_headings
from socius_tui.domain.plan_outline import (
    Node,
    Tree,
    build_tree,
    everything,
    explained,
    passes,
)
from socius_tui.domain.plan_overview import (
    Overview,
    check_cells,
    check_places,
    check_wordings,
    find_overview,
)
from socius_tui.domain.plan_tasks import find_lists, find_tasks, is_end
from socius_tui.domain.plan_text import Document, letters, parted, read_document
from socius_tui.domain.plan_titles import calls_itself, heading_lines, tidy, title_remarks
from socius_tui.domain.plan_words import Vocabulary, count_reader, heading_reader
from socius_tui.domain.text import fold


class ProposedGoal(NamedTuple):
    """A goal as proposed; `lines` are those of its text, with that of the goals under it.

    One without a place has no code. `heading` are the lines of heading and title.
    """

    code: str
    kind: GoalKind
    parent: str
    title: str
    lines: tuple[int, int]
    heading: tuple[int, int]


class Count(NamedTuple):
    """How many goals of a kind the document says there are, and how many were found.

    In all, or under the goal with the code `under`.
    """

    kind: GoalKind
    said: int
    found: int
    lines: tuple[int, int]
    under: str = ""


class Seen(NamedTuple):
    """The overview: its lines, how many goals it names, whether its order confirms the tree."""

    lines: tuple[int, int]
    goals: int
    confirms: bool


class Proposal(NamedTuple):
    """The goals of a document, and what is to be said of them.

    Title and years are what the document calls itself most often; no title when it does not.
    """

    vocabulary: Vocabulary
    goals: tuple[ProposedGoal, ...]
    unplaced: tuple[ProposedGoal, ...]
    remarks: tuple[Remark, ...]
    counts: tuple[Count, ...]
    overview: Seen | None
    title: str
    title_lines: tuple[int, int]
    years: tuple[int, int] | None

    def number(self, kind: GoalKind) -> int:
        """How many goals of a kind were found."""
        return sum(goal.kind is kind for goal in self.goals)

    @property
    def to_look_at(self) -> int:
        """How many remarks ask for a look."""
        return sum(remark.look for remark in self.remarks)


def fitting(text: str, vocabularies: Sequence[Vocabulary]) -> Proposal | None:
    """The proposal of the vocabulary with most headings; None when there is no goal in any."""
    lines = [line.strip() for line in text.splitlines()]

    def headings(vocabulary: Vocabulary) -> int:
        read = heading_reader(vocabulary)
        return sum(read(line) is not None for line in lines)

    for vocabulary in sorted(vocabularies, key=headings, reverse=True):
        proposal = propose(text, vocabulary)
        if proposal.goals:
            return proposal
    return None


def propose(text: str, vocabulary: Vocabulary) -> Proposal:
    """The goals that a document announces with the words of a vocabulary."""
    read = heading_reader(vocabulary)
    document = read_document(text, keep=read, suspended=vocabulary.suspended)
    headings, remarks = find_headings(document, read)
    document = parted(document, [(heading.at, heading.after) for heading in headings])
    groups = passes([heading for heading in headings if not heading.listed])
    main = max(groups, key=lambda group: explained(group, headings), default=[])
    tree = build_tree(document, vocabulary, main)
    remarks += tree.remarks
    places = [heading.at for heading in headings]
    remarks += _add_tasks(document, vocabulary, tree, read, places)
    ends = _ends(document, vocabulary, places, [*tree.tops, *tree.unplaced])
    for level in vocabulary.levels:
        for node in everything(tree.tops) if level.lists else ():
            if node.level.kind is level.under:
                remarks += find_lists(document, vocabulary, level, node, _next(ends, node.at))
    nodes = everything(tree.tops)
    overview = find_overview(document, tree.tops, vocabulary, places)
    seen, told = _held_against(document, tree.tops, overview, vocabulary)
    remarks = [_confirmed(each, seen) for each in remarks] + told
    listed = [heading for heading in headings if heading.listed]
    for group in [*(group for group in groups if group is not main), listed]:
        remarks += _against_list(document, vocabulary, nodes, group)
    counts = _counts(document, vocabulary, nodes, ends)
    remarks += (_miscounted(each) for each in counts if each.said != each.found)
    in_overview = {cell.node for cell in overview.cells} if overview is not None else set()
    for node in nodes:
        remarks += title_remarks(document, node, in_overview=node in in_overview)
    title, title_lines, years, told = calls_itself(document, vocabulary)
    return Proposal(
        vocabulary,
        tuple(_goal(document, node, ends) for node in nodes),
        tuple(
            _goal(document, node, ends)._replace(code="", parent="")
            for node in everything(tree.unplaced)
        ),
        tuple(sorted([*remarks, *told], key=lambda remark: remark.lines[0])),
        tuple(counts),
        seen,
        title,
        title_lines,
        years,
    )


def _add_tasks(
    document: Document, vocabulary: Vocabulary, tree: Tree, read: Reader, places: Sequence[int]
) -> list[Remark]:
    """Put the goals that stand under the heading of a section in the tree."""
    remarks: list[Remark] = []
    for level in vocabulary.levels:
        if level.sections and not any(top.level is level for top in tree.tops):
            found, in_doubt, told = find_tasks(document, vocabulary, level, read, places)
            tree.tops.extend(found)
            tree.unplaced.extend(in_doubt)
            remarks += told
    return remarks


# ---- where the text of a goal ends ---------------------------------------------------------


def _ends(
    document: Document, vocabulary: Vocabulary, places: Iterable[int], nodes: Iterable[Node]
) -> list[int]:
    """Places at which the text of a goal ends at the latest, in order."""
    found = {*places, *(node.at for node in nodes)}
    found |= {b.start for b in document.blocks if is_end(document, b, vocabulary)}
    return sorted({*found, len(document.lines)})


def _next(ends: Sequence[int], place: int) -> int:
    return ends[bisect_right(ends, place)]


# ---- second sources ------------------------------------------------------------------------


def _held_against(
    document: Document,
    tops: Sequence[Node],
    overview: Overview | None,
    vocabulary: Vocabulary,
) -> tuple[Seen | None, list[Remark]]:
    if overview is None:
        return None, []
    labels = {fold(word) for level in vocabulary.levels for word in (*level.many, *level.sections)}
    labels |= {fold(word) for word in vocabulary.plan}
    kinds = [fold(word) for level in vocabulary.levels for word in level.many]
    labels |= {word.split()[-1] for word in kinds}
    confirms, remarks = check_places(document, tops, overview)
    remarks += check_cells(document, tops, overview, labels)
    remarks += check_wordings(document, overview, vocabulary)
    lines = (
        document.lines[document.blocks[overview.first].start].number,
        document.lines[document.blocks[overview.last].stop - 1].number,
    )
    return Seen(lines, len({cell.node for cell in overview.cells}), confirms), remarks


def _confirmed(remark: Remark, seen: Seen | None) -> Remark:
    """A run of goals that was moved is only sure when an overview has it there as well."""
    if remark.code != "moved":
        return remark
    if seen is None or not seen.confirms:
        return remark._replace(look=True)
    return remark._replace(code="moved_rightly", lines=(*remark.lines, seen.lines))


def _against_list(
    document: Document, vocabulary: Vocabulary, nodes: Sequence[Node], group: Sequence[Heading]
) -> Iterator[Remark]:
    """What a list of goals, or a table of contents, has otherwise than the plan's text."""
    if not group:
        return
    listed = {node.code: node for node in everything(build_tree(document, vocabulary, group).tops)}
    goals = {node.code: node for node in nodes}
    kinds = {node.level.kind for node in listed.values()}
    lines = document.lines
    span = (lines[group[0].at].number, lines[group[-1].after - 1].number)
    for code, node in listed.items():
        here = (lines[node.at].number, lines[node.stop - 1].number)
        goal = goals.get(code)
        if goal is None:
            yield Remark("only_in_list", (here,), values={"code": code, "title": node.title})
        elif letters(goal.title) != letters(node.title):
            there = (lines[goal.at].number, lines[goal.stop - 1].number)
            values = {"title": goal.title, "other": node.title}
            yield Remark("wording", (there, here), code, values)
    for code, goal in goals.items():
        if code not in listed and goal.level.kind in kinds:
            here = (lines[goal.at].number, lines[goal.stop - 1].number)
            yield Remark("not_in_overview", (here, span), code, {"title": goal.title})


def _miscounted(count: Count) -> Remark:
    values = {"kind": count.kind.value, "said": count.said, "found": count.found}
    return Remark("count", (count.lines,), count.under, values)


def _counts(
    document: Document, vocabulary: Vocabulary, nodes: Sequence[Node], ends: Sequence[int]
) -> list[Count]:
    """What the document says of its own numbers: in the text of a goal, of those under it."""
    read = count_reader(
        vocabulary, {word: level.kind for level in vocabulary.levels for word in level.many}
    )
    in_all = Counter(node.level.kind for node in nodes)
    by_place = {node.at: node for node in nodes}
    found: list[Count] = []
    for block in document.blocks:
        for kind, said in read(block.text):
            before = bisect_right(ends, block.start) - 1
            node = by_place.get(ends[before]) if before >= 0 else None
            below = Counter(child.level.kind for child in node.children) if node else Counter()
            lines = (document.lines[block.start].number, document.lines[block.stop - 1].number)
            if node is not None and below[kind]:
                found.append(Count(kind, said, below[kind], lines, node.code))
            else:
                found.append(Count(kind, said, in_all[kind], lines))
    return found


# ---- goals ---------------------------------------------------------------------------------


def _goal(document: Document, node: Node, ends: Sequence[int]) -> ProposedGoal:
    spans = [
        (each.at, (each.stop if each.level.lists else _next(ends, each.at)) - 1)
        for each in everything([node])
    ]
    lines = document.lines
    return ProposedGoal(
        node.code,
        node.level.kind,
        node.parent.code if node.parent is not None else "",
        tidy(node.title, document.spellings),
        (lines[min(a for a, _b in spans)].number, lines[max(b for _a, b in spans)].number),
        heading_lines(document, node),
    )
