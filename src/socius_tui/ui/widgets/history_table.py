"""The list of a history: when, who, what, from what to what; and one entry of it in full."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from socius_tui.domain.dates import format_moment
from socius_tui.domain.history import Detail, Entry, FieldChange, Place
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Column, LineTable, Row

NEW = "⇅"  # came in from another laptop, and was not shown before
Tell = Callable[[Sequence[Place]], Awaitable[list[Entry]]]

_LABEL_CELLS = 26
_LEAST_CELLS = 20
_MARKS = {
    "added": ("+", "$status-on-track"),
    "changed": ("~", "$status-attention"),
    "taken_out": ("−", "$status-off-track"),
    "brought_back": ("+", "$status-on-track"),
    "removed": ("−", "$status-off-track"),
}


class HistoryTable(LineTable):
    """Entries, newest first; asks for those that are seen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(
            (
                Column(_("When"), width=17),
                Column(_("Who"), width=16, from_width=56),
                Column(_("What"), weight=3),
                Column(_("From → to"), weight=2, from_width=100),
            ),
            empty=_("Nothing was changed yet."),
            id=id,
        )
        self._places: dict[str, Place] = {}

    async def load_places(
        self, places: Sequence[Place], tell: Tell, new: Collection[str] = frozenset()
    ) -> None:
        """Show these entries; `tell` gives what is to be said of some of them.

        Those with a key in `new` came in from others, and are marked.
        """
        self._places = {place.key: place for place in places}
        numbers = {key: number for number, key in enumerate(self._places)}

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            return [
                _row(entry, entry.key in new)
                for entry in await tell(places[offset : offset + limit])
            ]

        async def locate(key: str) -> int | None:
            return numbers.get(key)

        await self.load(len(places), fetch, locate=locate)

    async def go_to_entry(self, key: str) -> bool:
        """Put the cursor on an entry."""
        number = next((n for n, known in enumerate(self._places) if known == key), None)
        return number is not None and await self.go_to(key, number)

    def place_of(self, key: str) -> Place | None:
        """Where an entry of the list is in the journal."""
        return self._places.get(key)


def _row(entry: Entry, new: bool) -> Row:
    mark = text.styled(NEW, text.KEY) if new else text.NOTHING
    what = text.spaced((mark, _what(entry)), " ")
    return Row(entry.key, (_moment(entry), text.plain(entry.who), what, text.dim(entry.summary)))


def _moment(entry: Entry) -> Content:
    if entry.moment is None:
        return text.dim(show.NOTHING)
    return text.plain(format_moment(entry.moment, get_language()))


def _what(entry: Entry) -> Content:
    if not entry.undone:
        return text.plain(entry.what)
    return text.spaced((text.styled(_("undone"), "reverse"), text.dim(entry.what)), " ")


class EntryText(VerticalScroll):
    """One entry in full, to scroll through."""

    DEFAULT_CSS = """
    EntryText {
        height: 1fr; padding: 0 1; scrollbar-size-vertical: 1;
        & > Static { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = Static()
        self._entry: Entry | None = None
        self._details: Sequence[Detail] = ()
        self._left_out = 0

    def compose(self) -> Sequence[Static]:
        """The text."""
        return (self._text,)

    def show(self, entry: Entry | None, details: Sequence[Detail], left_out: int = 0) -> None:
        """Show this entry and what changed; `left_out` rows more are not told."""
        if entry is None or self._entry is None or entry.key != self._entry.key:
            self.scroll_home(animate=False)
        self._entry, self._details, self._left_out = entry, details, left_out
        self._draw()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self._draw()

    def _draw(self) -> None:
        if self._entry is None:
            self._text.update(text.NOTHING)
            return
        width = max(self.content_size.width - 1, _LEAST_CELLS)  # without the scrollbar
        self._text.update(_told(self._entry, self._details, self._left_out, width))


def _told(entry: Entry, details: Sequence[Detail], left_out: int, width: int) -> Content:
    state = [
        text.styled(word, "reverse")
        for word, holds in ((_("undone"), entry.undone), (_("takes back"), entry.undoes))
        if holds
    ]
    head = [
        text.spaced((*state, text.styled(entry.what, text.STRONG)), " "),
        text.spaced((_moment(entry), text.dim(entry.who))),
    ]
    if entry.reason:
        head.append(text.join(text.dim(_("why:") + " "), text.prose(entry.reason)))
    blocks = [text.lines(head), *(_detail(detail, width) for detail in details)]
    if left_out > 0:
        more = ngettext("and {n} more row", "and {n} more rows", left_out)
        blocks.append(text.dim(more.format(n=left_out)))
    return Content("\n\n").join(blocks)


def _detail(detail: Detail, width: int) -> Content:
    mark, style = _MARKS[detail.verb]
    name = text.join(text.styled(mark, style), " ", detail.head)
    head = text.spaced((name, text.dim(text.became(detail.verb))))
    indent = min(max((len(field.label) for field in detail.fields), default=0) + 4, _LABEL_CELLS)
    fields = (
        text.hanging(text.dim(f"  {field.label}"), _values(detail.verb, field), indent, width)
        for field in detail.fields
    )
    return text.lines((head, *fields))


def _values(verb: str, field: FieldChange) -> Content:
    """From what to what, or all that the column holds or held."""
    if verb == "added" or not field.old:
        return text.prose(field.new)
    if verb == "removed":
        return text.prose(field.old)
    return text.join(text.prose(field.old), text.dim(" → "), text.prose(field.new))
