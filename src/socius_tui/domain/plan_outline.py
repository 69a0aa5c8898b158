"""From the text of a plan to a proposal of its goals, each with the lines where it stands.

Headings come in passes: when a goal on top comes back with the same title, what came before was
a list and what follows is the plan, or the reverse. The pass with most explanation is the plan;
the others, and a table of contents, are held against it. In a pass a goal stands under the last
goal above it, unless its own numbers say otherwise. Where the numbers begin again before the
next goal above has come, the run belongs to that next goal, if its numbers fit there.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import Final, NamedTuple

from socius_tui.domain.model import GoalKind
from socius_tui.domain.plan_headings import Heading, Remark
from socius_tui.domain.plan_text import Break, Document, word_set
from socius_tui.domain.plan_words import Level, Vocabulary

_MOST_NUMBERS: Final = 1000  # beyond it they are codes of another system, not a count


class Node:
    """A goal while its place is sought; `number` is the last of its numbers."""

    __slots__ = (
        "at",
        "breaks",
        "children",
        "heading",
        "level",
        "number",
        "parent",
        "path",
        "stop",
        "title",
    )

    def __init__(self, level: Level, number: int, at: int, stop: int, title: str) -> None:
        self.level, self.number, self.at, self.stop, self.title = level, number, at, stop, title
        self.heading: Heading | None = None
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.path: tuple[int, ...] = ()
        self.breaks: tuple[Break, ...] = ()

    @property
    def code(self) -> str:
        """Its code, when it has a place."""
        return self.level.code + ".".join(map(str, self.path))


class Tree(NamedTuple):
    """Goals on top with what stands under them, what found no place, and what is to be said."""

    tops: list[Node]
    unplaced: list[Node]
    remarks: list[Remark]


def passes(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Headings in groups: a group begins where a goal on top comes back."""
    found: list[list[Heading]] = []
    tops: dict[tuple[str, tuple[int, ...]], str] = {}
    for heading in headings:
        key = (heading.level.code, heading.path)
        if heading.level.under is None:
            if not found or (key in tops and _alike(tops[key], heading.title)):
                found.append([])
                tops = {}
            tops.setdefault(key, heading.title)
        if not found:
            found.append([])
        found[-1].append(heading)
    return found


def _alike(one: str, other: str) -> bool:
    """Whether two titles share half of their words."""
    a, b = word_set(one), word_set(other)
    return not a or not b or 2 * len(a & b) >= min(len(a), len(b))


def explained(group: Sequence[Heading], headings: Sequence[Heading]) -> int:
    """How many headings of a group have text before the next heading."""
    starts = {heading.at for heading in headings}
    return sum(heading.after not in starts for heading in group)


class _Builder:
    """Gives each heading of a pass its place."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.lines, self.vocabulary = document.lines, vocabulary
        self.tops: list[Node] = []
        self.taken: set[tuple[GoalKind, int]] = set()  # on top
        self.unplaced: list[Node] = []
        self.remarks: list[Remark] = []
        self.current: dict[GoalKind, Node] = {}
        self.waiting: dict[GoalKind, list[Node]] = {}
        self.numbered: list[tuple[Node, Node | None]] = []  # with the goal above by its position

    def build(self, headings: Sequence[Heading]) -> Tree:
        for place, heading in enumerate(headings):
            node = Node(heading.level, heading.path[-1], heading.at, heading.after, heading.title)
            node.heading, node.breaks = heading, heading.breaks
            self._place(node, heading)
            self._stand_for(node)
            self._adopt(node, islice(headings, place + 1, None))
        for waiting in self.waiting.values():
            self._leave("restart_at_end", waiting)
        self._by_number()
        return Tree(self.tops, self.unplaced, self.remarks)

    def _place(self, node: Node, heading: Heading) -> None:
        depth = self.vocabulary.depth(node.level)
        above = self.current.get(node.level.under) if node.level.under else None
        if depth == 1:
            if len(heading.path) > 1:
                self._leave("number", [node])
            elif (node.level.kind, node.number) in self.taken:
                self._leave("twice", [node])
            else:
                node.path = heading.path
                self.taken.add((node.level.kind, node.number))
                self.tops.append(node)
        elif len(heading.path) == depth:
            self.numbered.append((node, above))
        elif above is not None and not _fits(above, heading):
            self._leave("number", [node])
        elif (
            above is None
            or node.level.kind in self.waiting
            or (above.children and node.number <= above.children[-1].number)
        ):
            self.waiting.setdefault(node.level.kind, []).append(node)
        else:
            self._attach(above, node)

    def _stand_for(self, node: Node) -> None:
        """From here on goals below stand under this one."""
        self.current[node.level.kind] = node
        below = [level.kind for level in self.vocabulary.levels if level.under is node.level.kind]
        for kind in below:
            self.current.pop(kind, None)

    def _adopt(self, node: Node, coming: Iterator[Heading]) -> None:
        """Take the goals that stand before the heading, if their numbers fit those after it."""
        runs = [run for run in self.waiting.values() if run[0].level.under is node.level.kind]
        after: dict[GoalKind, set[int]] = {}
        for heading in takewhile(lambda each: each.level is not node.level, coming if runs else ()):
            after.setdefault(heading.level.kind, set()).add(heading.path[-1])
        for run in runs:
            kind = run[0].level.kind
            del self.waiting[kind]
            numbers = [each.number for each in run]
            if after.get(kind, set()) & set(numbers) or sorted(set(numbers)) != numbers:
                self._leave("restart", run)
                continue
            for each in run:
                self._attach(node, each)
            place = self._where(run)
            heading_line = self.lines[node.at].number
            self.remarks.append(
                Remark(
                    "moved",
                    (place, (heading_line, heading_line)),
                    values={"heading": self.lines[node.at].text, "n": len(run)},
                    look=False,
                )
            )

    def _by_number(self) -> None:
        """Give goals with whole numbers their place under the goal that these name."""
        for level in self.vocabulary.levels:
            placed = {node.path: node for node in self._all() if node.level.kind is level.under}
            for node, above in self.numbered:
                if node.level is not level or node.heading is None:
                    continue
                parent = placed.get(node.heading.path[:-1])
                if parent is None:
                    self._leave("no_parent", [node])
                elif any(each.number == node.number for each in parent.children):
                    self._leave("twice", [node])
                else:
                    self._attach(parent, node)
                    if above is not parent:
                        self._say("elsewhere", [node], look=False, parent=parent.code)
            self._set_paths()

    def _set_paths(self) -> None:
        for node in self._all():
            if node.parent is not None:
                node.path = (*node.parent.path, node.number)

    def _all(self) -> list[Node]:
        return everything(self.tops)

    def _attach(self, parent: Node, node: Node) -> None:
        node.parent = parent
        parent.children.append(node)
        node.path = (*parent.path, node.number)

    def _leave(self, code: str, nodes: Sequence[Node]) -> None:
        self.unplaced += nodes
        self._say(code, nodes)

    def _say(self, code: str, nodes: Sequence[Node], *, look: bool = True, **values: str) -> None:
        text = self.lines[nodes[0].at].text
        told: dict[str, str | int] = {"text": text, "title": nodes[0].title, "n": len(nodes)}
        told |= values
        self.remarks.append(Remark(code, (self._where(nodes),), values=told, look=look))

    def _where(self, nodes: Sequence[Node]) -> tuple[int, int]:
        last = nodes[-1]
        return self.lines[nodes[0].at].number, self.lines[max(last.stop - 1, last.at)].number


def _fits(above: Node, heading: Heading) -> bool:
    """Whether the numbers before the last, if there are any, are those of the goal above."""
    given = heading.path[:-1]
    known = above.heading.path if above.heading is not None else above.path
    return not given or known[-len(given) :] == given


def everything(tops: Sequence[Node]) -> list[Node]:
    """The goals of a tree, each before those under it."""
    found: list[Node] = []
    waiting = list(reversed(tops))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed(node.children)
    return found


def build_tree(document: Document, vocabulary: Vocabulary, headings: Sequence[Heading]) -> Tree:
    """The tree that one pass of headings makes."""
    tree = _Builder(document, vocabulary).build(headings)
    for node in everything(tree.tops):
        node.children.sort(key=lambda each: each.number)
    gaps = [*_gaps(document, tree.tops), *_gaps_below(document, tree.tops)]
    return tree._replace(remarks=[*tree.remarks, *gaps])


def _gaps_below(document: Document, nodes: Sequence[Node]) -> Iterator[Remark]:
    last: dict[GoalKind, int] = {}
    for node in everything(nodes):
        yield from _gaps(document, node.children, last)
        last.update((each.level.kind, each.number) for each in node.children)


def _gaps(
    document: Document, siblings: Sequence[Node], last: Mapping[GoalKind, int] | None = None
) -> Iterator[Remark]:
    """Numbers that are skipped among goals beside each other; `last` were those before them."""
    for level in dict.fromkeys(node.level for node in siblings):
        nodes = [node for node in siblings if node.level is level]
        numbers = [node.number for node in nodes]
        goes_on = last is not None and numbers[0] == last.get(level.kind, 0) + 1
        missing = sorted(
            set(range(numbers[0] if goes_on else 1, numbers[-1])) - set(numbers)
            if numbers[-1] <= _MOST_NUMBERS
            else ()
        )
        if missing:
            line = document.lines[nodes[0].at].number
            values = {"numbers": ", ".join(map(str, missing)), "kind": level.kind.value}
            yield Remark("gap", ((line, line),), nodes[0].code, values)
