"""What a list would do to the file, row by row; from here it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Static

from socius_tui.errors import PeriodClosed, SociusError
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.source import Hints
from socius_tui.services.importing.mapping import missing_fields
from socius_tui.services.importing.outcome import Preview, State
from socius_tui.services.importing.preparing import KINDS, WORDS, Listed, opened_list
from socius_tui.services.importing.running import Imported, look
from socius_tui.services.importing.taking import Choices
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.importing import ALL_NEW, COLUMNS, IMPORT, NEW, SAME, WRITE_LIST
from socius_tui.ui.commands.shared import UNDO
from socius_tui.ui.commands.windows import WINDOW
from socius_tui.ui.dialogs.form import sentences
from socius_tui.ui.dialogs.import_rows import (
    ALL,
    FILTERS,
    STYLES,
    Shown,
    about_text,
    line_of,
    rows_of,
    verdict,
    whole,
)
from socius_tui.ui.dialogs.import_writing import aside_question, place_aside, told, write_list
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.messages import DataChanged
from socius_tui.ui.widgets.hot_line import HotLine, Piece
from socius_tui.ui.widgets.line_table import Column, LineTable
from socius_tui.ui.work import start


class Stopped(Exception):
    """Somebody stopped it; nothing of it is written."""


class ImportPreview(Window[None]):
    """A list, opened and looked at; nothing is written before somebody says so."""

    DOES: ClassVar[tuple[Command, ...]] = (*WINDOW, *IMPORT)
    BINDINGS = bindings(*IMPORT)
    DEFAULT_CSS = """
    ImportPreview {
        & > #window { width: 100%; height: 100%; }
        & #about { height: auto; max-height: 4; color: $quiet; }
        & LineTable { height: 1fr; min-height: 4; }
        & #row {
            height: auto; max-height: 35%; scrollbar-size-vertical: 1;
            border-top: solid $border;
        }
        & #row > Static { height: auto; }
        & #said { height: auto; max-height: 4; }
        & #buttons { height: 1; align-horizontal: right; }
        & #buttons Button { margin-left: 2; }
    }
    """

    class Progressed(Message):
        """So many rows were done; posted by the thread of the session."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, kind: str, path: Path, named: str = "") -> None:
        super().__init__()
        self._kind, self._path, self._named = kind, path, named
        self._hints = Hints()
        self._given: dict[str, str] = {}
        self._choices = Choices()
        self._listed: Listed | None = None
        self.preview: Preview | None = None
        self._rows: dict[str, Shown] = {}
        self._filter = ALL
        self._busy = self._stop = self._leaving = False
        self._began = 0.0
        self._refusal = ""

    # Drawing

    def heading(self) -> Content:
        """Which list."""
        return text.styled(
            _("Take in {kind}: {file}").format(kind=_(WORDS[self._kind]), file=self._path.name),
            text.STRONG,
            limit=200,
        )

    def hints(self) -> Iterable[Content]:
        """Write, columns, filter, close."""
        return (
            text.key_hint("ctrl+s", _(WRITE_LIST.text)),
            text.key_hint(key_of(self, COLUMNS.id, COLUMNS.key), _(COLUMNS.text)),
            text.key_hint("← →", _("which rows")),
            text.key_hint("tab", _("read the row")),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """How the list is written, its rows, the chosen row, what is being done."""
        yield Static(id="about")
        yield HotLine(id="states")
        yield LineTable(
            (
                Column("", 1),
                Column(_("Row"), 7, align="right"),
                Column(_("Is about"), weight=2),
                Column(_("What changes, or why not"), weight=3, from_width=50),
            ),
            empty=_("No rows of this kind."),
        )
        yield VerticalScroll(Static(id="whole"), id="row")
        yield Static(id="said")
        yield Horizontal(
            Button(text.plain(_("Write")), id="write", variant="primary", compact=True),
            Button(text.plain(_("Columns")), id="columns", compact=True),
            Button(text.plain(_("Close")), id="close", compact=True),
            id="buttons",
        )

    def on_mount(self) -> None:
        """Look at once."""
        self.query_one(LineTable).focus()
        self._again()

    def on_unmount(self) -> None:
        """Whoever closes the program stops what is going on."""
        self._stop = True

    def say(self, sentence: Content | str) -> None:
        """What is being done, or what went wrong."""
        self.query_one("#said", Static).update(text.join(sentence))

    # Looking

    def _again(self) -> None:
        """Open the list and look what it would do."""
        self._work(self._look)

    def _work(self, work: Callable[[], object]) -> None:
        if not self._busy:
            self._busy, self._stop, self._began = True, False, monotonic()
            start(self, work, group="import")  # type: ignore[arg-type]

    async def _look(self) -> None:
        self.say(text.dim(_("Looking …")))
        session = host(self).session
        try:
            self._listed = listed = await session.ask(
                opened_list,
                self._kind,
                self._path,
                hints=self._hints,
                given=self._given,
                named=self._named,
                choices=self._choices,
            )
            if missing := missing_fields(listed.columns, KINDS[self._kind].FIELDS):
                names = ", ".join(_(field.heading) for field in missing)
                self._show_missing(names)
                return
            self.preview = await session.ask(look, listed, self._progress)
        except Stopped:
            self._leave()
            return
        except SociusError as error:
            self._forget()
            self._refusal = sentences(error)
            self.say(text.styled(self._refusal, "bold $error", limit=1000))
            return
        finally:
            self._busy = False
        await self._show()

    def _forget(self) -> None:
        """What was seen no longer holds."""
        self.preview, self._rows = None, {}
        self.query_one("#states", HotLine).put([])
        self.query_one(LineTable).put([])

    def _show_missing(self, names: str) -> None:
        self._forget()
        said = _("No column of this list is: {fields}. Say which one it is.").format(fields=names)
        self.say(text.styled(said, "bold $error"))
        self._busy = False
        self.action_columns(said)

    async def _show(self) -> None:
        preview = self.preview
        assert preview is not None
        self._rows = rows_of(preview)
        if self._filter and not preview.counts[State(self._filter)]:
            self._filter = ALL
        self.query_one("#about", Static).update(about_text(preview))
        if preview.late:
            self.say(text.styled(preview.late, "$status-attention", limit=300))
        else:
            self.say(text.plain(verdict(preview)))
        self._show_states()
        await self._show_rows()

    def _show_states(self) -> None:
        preview = self.preview
        if preview is None:
            return
        pieces = []
        for state, name in FILTERS.items():
            count = preview.rows if state == ALL else preview.counts[State(state)]
            words = f"{count} {_(name)}"
            chosen = state == self._filter
            style = "bold reverse" if chosen else (STYLES[State(state)] if state and count else "")
            pieces.append(Piece(text.styled(words, style), partial(self._choose_state, state)))
        self.query_one("#states", HotLine).put(pieces, "   ")

    def _choose_state(self, state: str) -> None:
        self._filter = state
        self._show_states()
        start(self, self._show_rows, group="rows", exclusive=True)

    async def _show_rows(self) -> None:
        shown = [row for row in self._rows.values() if self._filter in (ALL, row.state)]
        await self.query_one(LineTable).show([line_of(self._kind, row) for row in shown])
        self._show_row(self.query_one(LineTable).current_key)

    def on_resize(self) -> None:
        """The counts follow the width."""
        self.call_after_refresh(self._show_states)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another row was chosen."""
        self._show_row(message.key)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Read it."""
        del message
        self.query_one("#row").focus()

    def _show_row(self, key: str) -> None:
        row = self._rows.get(key)
        said = whole(self._kind, row, self._answers(row)) if row else ()
        self.query_one("#whole", Static).update(text.lines(said))
        self.query_one("#row").display = row is not None

    def _answers(self, row: Shown) -> list[Content]:
        if not self._is_likely(row):
            return []
        return [text.key_hint(key_of(self, c.id, c.key), _(c.text)) for c in (SAME, NEW, ALL_NEW)]

    def _is_likely(self, row: Shown) -> bool:
        return self.preview is not None and row.row in self.preview.likes

    @property
    def chosen(self) -> Shown | None:
        """The row with the cursor."""
        return self._rows.get(self.query_one(LineTable).current_key)

    # Answers

    def action_next_state(self, by: int) -> None:
        """Other rows."""
        states = list(FILTERS)
        self._choose_state(states[(states.index(self._filter) + by) % len(states)])

    def action_answer_same(self) -> None:
        """The row is what it looks like."""
        if (row := self._doubtful()) is not None and self.preview is not None:
            same = {**self._choices.same, row: self.preview.likes[row]}
            self._choices = self._choices._replace(same=same)
            self._again()

    def action_answer_new(self) -> None:
        """The row is new."""
        if (row := self._doubtful()) is not None:
            self._choices = self._choices._replace(new=self._choices.new | {row})
            self._again()

    def action_answer_all_new(self) -> None:
        """All of them are."""
        if self.preview is not None and self.preview.likes and not self._busy:
            self._choices = self._choices._replace(all_new=True)
            self._again()

    def _doubtful(self) -> int | None:
        """The chosen row, if it waits for an answer."""
        row = self.chosen
        return row.row if row and self._is_likely(row) and not self._busy else None

    def action_columns(self, why: str = "") -> None:
        """Say which column is which field."""
        from socius_tui.ui.dialogs.import_columns import ColumnsForm, Read

        if self._busy:
            return
        if self._listed is None:
            self._ask_how_it_is_written()
            return

        def read(answer: Read | None) -> None:
            if answer is not None:
                self._given = dict(answer.given)
                self._read_so(answer.hints)

        form = ColumnsForm(self._listed, self._hints, self._named, why)
        self.app.push_screen(form, read)

    def _ask_how_it_is_written(self) -> None:
        from socius_tui.ui.dialogs.import_written import WrittenForm

        def said(hints: Hints | None) -> None:
            if hints is not None:
                self._read_so(hints)

        self.app.push_screen(WrittenForm(self._path, self._hints, self._refusal), said)

    def _read_so(self, hints: Hints) -> None:
        if hints[:3] != self._hints[:3]:  # other rows may have these numbers
            self._choices = Choices()
        self._hints = hints
        self._again()

    # Writing

    def action_write(self) -> None:
        """Write it, after what has to be asked."""
        preview = self.preview
        if preview is None or self._busy:
            return
        refused = preview.counts[State.REJECTED]
        if refused:
            start(self, partial(self._ask_aside, preview.writes, refused), group="ask")
        elif preview.writes:
            self._write_with("", None)
        else:
            self.say(_("Nothing in this list is new: nothing was written."))

    async def _ask_aside(self, writes: int, refused: int) -> None:
        aside = await host(self).session.ask(place_aside, self._path)
        dialog = aside_question(writes, refused, aside)

        def answered(yes: bool | None) -> None:
            if yes:
                self._write_with("", aside)

        self.app.push_screen(dialog, answered)

    def _write_with(self, reason: str, aside: Path | None) -> None:
        late = self.preview.late if self.preview else ""
        if late and not reason:
            self._ask_why(PeriodClosed(late), aside)
        else:
            self._work(partial(self._write, reason, aside))

    def _ask_why(self, error: PeriodClosed, aside: Path | None) -> None:
        from socius_tui.ui.dialogs.late_reason import ask_why

        async def again(reason: str) -> None:
            self._write_with(reason, aside)

        ask_why(self, error, again)

    async def _write(self, reason: str, aside: Path | None) -> None:
        assert self._listed is not None
        self.say(text.dim(_("Writing …")))
        try:
            done = await host(self).session.ask(
                write_list, self._listed, reason, aside, self._progress
            )
        except Stopped:
            self.say(_("Stopped: nothing was written."))
            return
        except PeriodClosed as error:
            self._ask_why(error, aside)
            return
        except SociusError as error:
            self.say(text.styled(sentences(error), "bold $error", limit=1000))
            return
        finally:
            self._busy = False
        self._tell(done, aside)
        self._leave()

    def _tell(self, done: Imported, aside: Path | None) -> None:
        """Say what was done, to the screens and to the user."""
        if done.changes is not None:
            self.app.post_message(DataChanged(done.changes))
        host(self).tell(told(done, aside, key_of(self, UNDO.id, UNDO.key)))

    # Progress and the end

    def _progress(self, rows: int) -> None:
        """On the thread of the session: so many rows were done. Raises Stopped."""
        if self._stop:
            raise Stopped
        self.post_message(self.Progressed(rows))

    def on_import_preview_progressed(self, message: Progressed) -> None:
        """Show it."""
        seconds = monotonic() - self._began
        if self._busy and not self._stop and seconds > 0:
            speed = round(message.rows / seconds)
            said = _("{n} rows, {speed} a second").format(n=message.rows, speed=speed)
            self.say(text.spaced((text.plain(said), text.key_hint("esc", _("stop")))))

    def _leave(self) -> None:
        """Close, as soon as nothing is open above it."""
        self._leaving = True
        if self.is_current:
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        """What was open above it is gone."""
        if self._leaving:
            self.dismiss(None)

    def action_close(self) -> None:
        """Close; what is going on is stopped first, and nothing of it stays."""
        if self._busy:
            self._stop = True
            self.say(text.dim(_("Stopping …")))
        else:
            self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The mouse's way."""
        event.stop()
        {"write": self.action_write, "columns": self.action_columns}.get(
            event.button.id or "", self.action_close
        )()
