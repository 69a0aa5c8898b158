"""The one place that turns data into what a widget draws.

A widget never gets a string that holds data: it would read it as markup. Everything here
gives `Content`, with the data cleaned of what steers a terminal, and without markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from textual.content import Content

from socius_tui.domain.agenda import AgendaItem, Matter
from socius_tui.domain.closing import LateChange
from socius_tui.domain.model import Status
from socius_tui.domain.programme import SYMBOLS
from socius_tui.domain.text import SHOWN_LIMIT, clean
from socius_tui.i18n import _
from socius_tui.services import wording
from socius_tui.ui import format as show

NOTHING: Final = Content("")
DIM: Final = "$quiet"
STRONG: Final = "bold"
KEY: Final = "bold $accent-key"

#: The colours of a status; symbol and word say the same without them.
STATUS_STYLE: Final = {
    Status.MET: "$status-met",
    Status.ON_TRACK: "$status-on-track",
    Status.ATTENTION: "$status-attention",
    Status.OFF_TRACK: "$status-off-track",
    Status.NO_DATA: "$status-no-data",
    Status.NOT_STARTED: "$status-not-started",
}
#: The same for the state of an action.
STATE_STYLE: Final = {
    "planned": "$status-attention",
    "under_way": "$status-on-track",
    "done": "$status-met",
    "dropped": "$status-no-data",
}
_TICKS: Final = "▁▂▃▄▅▆▇█"
_ZERO, _ONE = Fraction(0), Fraction(1)


def plain(text: str, *, limit: int = SHOWN_LIMIT) -> Content:
    """Any text, on one line."""
    return Content(clean(text, limit=limit))


def prose(text: str, *, limit: int = 20_000) -> Content:
    """Any text with its line ends."""
    return Content(clean(text, limit=limit, keep_newlines=True))


def styled(text: str, style: str, *, limit: int = SHOWN_LIMIT) -> Content:
    """Any text on one line, in a style of ours."""
    return Content.styled(clean(text, limit=limit), style)


def dim(text: str) -> Content:
    """Any text on one line, in the background of attention."""
    return styled(text, DIM)


def join(*parts: Content | str) -> Content:
    """Parts after one another; a str is cleaned like any data."""
    return NOTHING.join(_content(part) for part in parts)


def lines(parts: Iterable[Content | str]) -> Content:
    """Parts below one another."""
    return Content("\n").join([_content(part) for part in parts])


def spaced(parts: Iterable[Content | str], gap: str = "  ") -> Content:
    """Parts beside one another, without the empty ones."""
    return Content(gap).join([piece for part in parts if (piece := _content(part))])


def word(code: str) -> str:
    """The word for a code of the file, in the interface language."""
    return wording.word(code)


def became(verb: str) -> str:
    """What became of a row, in a word."""
    from socius_tui.services.journal_words import verb_word

    return verb_word(verb)


def verdict(code: str) -> str:
    """What became of a period's target, in words."""
    from socius_tui.services.rule_words import verdict_word

    return verdict_word(code)


def status_symbol(status: Status) -> Content:
    """The symbol in its colour."""
    return Content.styled(wording.symbol(status), STATUS_STYLE[status])


def agenda_kind(kind: Matter) -> str:
    """What sort of thing stands in the agenda."""
    return wording.kind_word(kind)


def agenda_about(item: AgendaItem) -> str:
    """What something in the agenda comes from; of a target how much it asks."""
    return wording.item_about(item)


def action_state(state: str, *, word: bool = True) -> Content:
    """The mark of an action's state, with its word; without colour it says the same."""
    mark = SYMBOLS.get(state, "?")
    return styled(f"{mark} {wording.word(state)}" if word else mark, STATE_STYLE.get(state, ""))


def late_mark(count: int) -> Content:
    """The mark of what was changed after its period was closed; nothing when nothing was."""
    return Content.styled(wording.LATE, "$status-attention") if count else NOTHING


def late_change(change: LateChange) -> Content:
    """What was changed late: which period, what, who and when, and why."""
    from socius_tui.services.late_marks import late_text

    return plain(late_text(change))


def status_text(status: Status) -> Content:
    """The symbol and the word in their colour."""
    return Content.styled(f"{wording.symbol(status)} {wording.word(status)}", STATUS_STYLE[status])


def hanging(label: Content, body: Content, indent: int, width: int) -> Content:
    """A label with text behind it, in `width` cells: further lines begin under the first.

    The label takes `indent` cells; where less than half of the width is left, the text goes
    below it, a little indented.
    """
    if width < 2 * indent:
        return join(label.rstrip(), Content("\n  "), _wrapped(body, 2, width))
    return join(label.pad_right(max(indent - label.cell_length, 1)), _wrapped(body, indent, width))


def _wrapped(body: Content, indent: int, width: int) -> Content:
    pieces = body.wrap(max(width - indent, 8))
    return Content("\n" + " " * indent).join([piece.rstrip() for piece in pieces])


def fitting(width: int, variants: Iterable[Content]) -> Content:
    """The first wording that fits in so many cells, the longest being first; else the last."""
    content = NOTHING
    for content in variants:
        if content.cell_length <= width:
            break
    return content.truncate(width, ellipsis=True)


def counted(
    counts: Iterable[tuple[Status, int]], *, words: bool = True, gap: str = "  "
) -> Content:
    """How many there are of each status, those that occur; with words, or symbols alone."""
    parts = []
    for status, count in counts:
        if count:
            word = f" {wording.word(status)}" if words else ""
            parts.append(
                join(
                    Content.styled(f"{wording.symbol(status)} {count}", STATUS_STYLE[status]), word
                )
            )
    return spaced(parts, gap)


def bar(
    progress: Fraction | None, expected: Fraction | None, width: int, style: str = "$bar"
) -> Content:
    """A bar of `width` cells: heavy is reached, light is to go, ┃ is where it should be by now.

    Shares below 0 and above 1 are drawn as 0 and 1.
    """
    if width <= 0:
        return NOTHING
    mark = _cell_of(expected, width)
    if progress is None:
        cells = "·" * width
        filled = 0
    else:
        halves = show.rounded(_capped(progress) * width * 2)
        filled = halves // 2 + halves % 2
        cells = "━" * (halves // 2) + "╸" * (halves % 2) + "─" * (width - filled)
    parts = [Content.styled(cells[:filled], style), Content.styled(cells[filled:], "$bar-rest")]
    drawn = NOTHING.join(parts)
    if mark is None:
        return drawn
    return NOTHING.join((drawn[:mark], Content.styled("┃", "$bar-mark"), drawn[mark + 1 :]))


def spark(values: Sequence[Fraction | None], style: str = "$bar") -> Content:
    """A small line of columns, one a value from 0 to 1; a dot where there was no value."""
    return Content.styled("".join(_tick(value) for value in values), style)


def pace(days_behind: Fraction | None, status: Status) -> Content:
    """Days ahead (+) or behind (-), in the colour of the status."""
    if days_behind is None:
        return dim(show.NOTHING)
    return Content.styled(show.pace(days_behind), STATUS_STYLE[status])


def with_data(count: int, of: int) -> Content:
    """How many have data: "2/3"; quiet when all of them have."""
    text = f"{count}/{of}"
    return dim(text) if count == of else Content.styled(text, "$status-attention")


def key_hint(key: str, text: str) -> Content:
    """A key with what it does."""
    return join(Content.styled(key, KEY), Content(" "), plain(text))


def key_in_title(key: str, title: str) -> Content:
    """The title of a pane with the key that goes to it."""
    return join(Content.styled(f"[{key}]", KEY), Content(" "), plain(title))


def origin_mark(origin: str) -> Content:
    """Whether a number comes from the plan itself or was made up as an example."""
    if origin == "example":
        return Content.styled(_("example"), "italic $status-attention")
    return dim(wording.word(origin))


def _content(part: Content | str) -> Content:
    return part if isinstance(part, Content) else plain(part)


def _capped(share: Fraction) -> Fraction:
    return min(max(share, _ZERO), _ONE)


def _cell_of(share: Fraction | None, width: int) -> int | None:
    return None if share is None else min(int(_capped(share) * width), width - 1)


def _tick(value: Fraction | None) -> str:
    if value is None:
        return "·"
    return _TICKS[min(int(_capped(value) * len(_TICKS)), len(_TICKS) - 1)]
