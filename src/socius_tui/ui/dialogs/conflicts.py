"""What laptops disagree about: the list, both sides of the chosen one, and the decision."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.conflicts import Conflict, Side
from socius_tui.domain.history import Topic
from socius_tui.errors import SociusError
from socius_tui.i18n import _, ngettext
from socius_tui.services.looking import View
from socius_tui.services.pages import page_of
from socius_tui.services.sync.conflicts import Choice, Decide, conflicts
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.exchange import KEEP, NOTE, TAKE_OTHER, WINDOW_OF_CONFLICTS
from socius_tui.ui.desk import Desk
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenGoal, OpenOrganisation, OpenVisit
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.text_field import NoteField
from socius_tui.ui.work import start

_OPEN: Final[dict[str, type[OpenGoal | OpenOrganisation | OpenVisit]]] = {
    "goal": OpenGoal,
    "indicator": OpenGoal,
    "organisation": OpenOrganisation,
    "visit": OpenVisit,
}
_LONGEST_NOTE: Final = 2000


class SideBox(Vertical):
    """One side: what it is, and who wrote it, when, on which laptop."""

    DEFAULT_CSS = """
    SideBox {
        height: auto; border: round $border-blurred; padding: 0 1;
        border-title-color: $quiet; border-subtitle-color: $accent-key;
        & > Static { height: auto; }
        &.-stands { border: round $border; border-title-color: $foreground; }
    }
    """

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static()

    def show(self, title: str, key: str, side: Side | None) -> None:
        """This side, with the key that chooses it; none at all hides it."""
        self.display = side is not None
        if side is None:
            return
        self.border_title = text.plain(title)
        self.border_subtitle = text.plain(key)
        by = text.spaced((text.plain(side.who), text.dim(side.moment)))
        laptop = text.dim(_("laptop {computer}").format(computer=side.computer))
        value = text.prose(side.value) if side.value else text.dim(_("(empty)"))
        self.query_one(Static).update(text.lines((value.stylize(text.STRONG), by, laptop)))


class ConflictsWindow(ListWindow):
    """Each waits until somebody decides; what is decided goes to the others as any change."""

    DOES: ClassVar[tuple[Command, ...]] = WINDOW_OF_CONFLICTS
    BINDINGS = bindings(*WINDOW_OF_CONFLICTS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual's own)
    DEFAULT_CSS = """
    ConflictsWindow {
        & > #window { width: 126; max-width: 100%; height: 95%; }
        & LineTable { max-height: 40%; min-height: 3; }
        & #detail { height: 1fr; margin-bottom: 1; scrollbar-size-vertical: 1; }
        & #about, & #advice { height: auto; }
        & #about { padding: 1 0 0 0; }
        & #sides { height: auto; layout: horizontal; }
        & SideBox { width: 1fr; }
        &.-narrow {
            & LineTable { max-height: 5; }
            & #about { padding: 0; }
            & #sides { layout: vertical; }
        }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: dict[str, Conflict] = {}
        self._loaded = False
        self._notes: dict[str, str] = {}

    def heading(self) -> Content:
        """How many."""
        count = len(self._found)
        words = ngettext("{n} to decide", "{n} to decide", count).format(n=count)
        return text.spaced(
            (
                text.styled(_("Conflicts"), text.STRONG),
                text.dim(words) if self._loaded and count else text.NOTHING,
            )
        )

    def hints(self) -> Iterable[Content]:
        """Decide, write why, go there, back."""
        one = self._chosen
        if one is not None:
            yield text.key_hint(KEEP.key, _(KEEP.text))
            if "other" in one.choices:
                yield text.key_hint(TAKE_OTHER.key, _(TAKE_OTHER.text))
            yield text.key_hint(NOTE.key, _(NOTE.text))
            yield text.key_hint("enter", _("go there"))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list, and the chosen one in full."""
        yield LineTable(
            (
                Column(_("What"), weight=3),
                Column(_("Field"), weight=1),
                Column(_("Who"), weight=2, from_width=84),
            ),
            empty=_("There is nothing to decide: nobody disagrees."),
            id="conflicts",
        )
        with_sides = Horizontal(SideBox(id="stands"), SideBox(id="other"), id="sides")
        yield VerticalScroll(Static(id="about"), with_sides, Static(id="advice"), id="detail")

    async def load(self) -> None:
        """Ask for them."""
        found = await host(self).session.ask(conflicts)
        self._found = {one.id: one for one in found}
        self._loaded = True
        self.retitle()
        self.table.styles.height = len(found) + 2  # what is said of one stands right below it
        await self.table.show([_row(one) for one in found])
        self.tell_of(self.table.current_key)

    @property
    def _chosen(self) -> Conflict | None:
        return self._found.get(self.table.current_key) if self._loaded else None

    def tell_of(self, key: str) -> None:
        """Both sides of a conflict, what happened and what can be done."""
        one = self._found.get(key)
        self.rehint()
        detail = self.query_one("#detail")
        detail.display = one is not None
        if one is None:
            return
        detail.scroll_home(animate=False)
        self.query_one("#about", Static).update(
            text.lines(
                (
                    text.spaced((text.styled(one.what, text.STRONG), text.dim(one.field))),
                    text.plain(one.sentence),
                )
            )
        )
        keep = f"{KEEP.key} {_(KEEP.text)}"
        take = f"{TAKE_OTHER.key} {_(TAKE_OTHER.text)}" if "other" in one.choices else ""
        stands, other = self.query(SideBox)
        stands.set_class(True, "-stands")
        stands.show(_("This stands now"), keep, one.stands)
        other.show(_("This was written too"), take, one.other)
        note = self._notes.get(key, "")
        below = text.join(text.dim(_("note:") + " "), text.prose(note)) if note else ""
        self.query_one("#advice", Static).update(below or text.dim(one.advice))

    def exchange_moved(self) -> None:
        """What came in may have put something right, or brought one more."""
        if self._loaded and not self._desk.is_running:
            self.reload()

    # Deciding

    def action_decide(self, choice: Choice) -> None:
        """What stands stays, or the other takes its place."""
        one = self._chosen
        if one is None:
            return
        if choice not in one.choices:
            host(self).tell(one.advice, title=_("There is nothing else to take here"))
            return
        self.do(
            Decide.of(
                rule=one.rule,
                subject=one.subject,
                choice=choice,
                note=self._notes.get(one.id, ""),
            )
        )

    def action_note(self) -> None:
        """Write why, before the decision."""
        one = self._chosen
        if one is None:
            return

        def written(note: str | None) -> None:
            if note is not None:
                self._notes[one.id] = note
                self.tell_of(one.id)

        self.app.push_screen(NoteDialog(one.what, self._notes.get(one.id, "")), written)

    # Where it is about

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """To the page of what it is about."""
        if (one := self._found.get(message.key)) is not None:
            start(self, partial(self._go, one), group="go", exclusive=True)

    async def _go(self, one: Conflict) -> None:
        try:
            topic: Topic | None = await host(self).session.ask(page_of, *one.topic)
        except SociusError as error:
            host(self).complain(error)
            return
        if topic is None:
            host(self).tell(_("What this is about is on no other screen."))
            return
        self.app.post_message(_OPEN[topic.kind](topic.id))
        self.dismiss(None)


def _row(one: Conflict) -> Row:
    sides = [side.who for side in (one.stands, one.other) if side is not None]
    return Row(
        one.id,
        (text.plain(one.what), text.dim(one.field or _("all of it")), text.dim(" · ".join(sides))),
    )


class NoteDialog(FormDialog[str]):
    """Why something is decided so; gives the text."""

    DEFAULT_CSS = "NoteDialog > #form { max-width: 76; }"

    def __init__(self, what: str, note: str) -> None:
        super().__init__()
        self._what = what
        self.note = NoteField(note, limit=_LONGEST_NOTE, lines=4, id="note")

    def title_text(self) -> str:
        """What is asked."""
        return _("Why is it decided so?")

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield FormField("note", _("Note"), self.note)

    def on_mount(self) -> None:
        """What it is about."""
        self.context((text.plain(self._what), text.dim(_("It goes with the decision."))))

    async def load(self, view: View) -> None:
        """Nothing more to ask."""

    async def submit(self) -> str:
        """The note."""
        return self.note.text.strip()
