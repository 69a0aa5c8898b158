"""The forms that somebody began and did not save: go on with one, or throw it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.drafts import Draft
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.drafting import (
    discard_draft,
    first_words,
    form_word,
    kept_at,
    typed_words,
)
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.windows import DISCARD_DRAFT, WINDOW
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row

_WORDS = 200  # characters of each text that is shown below the list


class DraftsDialog(Window[Draft]):
    """Lists the unfinished forms, and gives the one to go on with."""

    DOES: ClassVar[tuple[Command, ...]] = (DISCARD_DRAFT, *WINDOW)
    BINDINGS = bindings(DISCARD_DRAFT)
    DEFAULT_CSS = """
    DraftsDialog {
        & > #window { width: 100; }
        & #drafts { height: auto; max-height: 9; min-height: 2; }
        & #typed { height: auto; max-height: 8; border-top: solid $border; }
    }
    """

    def __init__(self, kept: Sequence[Draft]) -> None:
        super().__init__()
        self._kept = {draft.id: draft for draft in kept}

    def heading(self) -> Content:
        """What it is."""
        return text.styled(_("Unfinished forms"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Go on, throw away, later."""
        return (
            text.key_hint("enter", _("go on typing")),
            text.key_hint("del", _(DISCARD_DRAFT.text)),
            text.key_hint("esc", _("later")),
        )

    def body(self) -> Iterable[Widget]:
        """The list, and what was typed in the chosen one."""
        yield LineTable(
            (
                Column(_("Kept at"), 18),
                Column(_("Kind"), 18),
                Column(_("Is about"), weight=2),
                Column(_("Typed"), weight=3, from_width=70),
            ),
            id="drafts",
        )
        yield VerticalScroll(Static(id="words"), id="typed", can_focus=False)

    @property
    def table(self) -> LineTable:
        """The list."""
        return self.query_one(LineTable)

    def on_mount(self) -> None:
        """Show them, with the cursor on the last one typed."""
        self._show()
        self.table.focus()

    def _show(self) -> None:
        self.table.put([_row(draft) for draft in self._kept.values()])
        self._show_typed(self.table.current_key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another one is chosen."""
        self._show_typed(message.key)

    def _show_typed(self, key: str) -> None:
        draft = self._kept.get(key)
        words = typed_words(draft) if draft is not None else []
        self.query_one("#words", Static).update(
            text.lines(
                text.join(text.dim(f"{field}  "), text.plain(typed, limit=_WORDS))
                for field, typed in words
            )
        )

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Go on typing in it."""
        if message.key in self._kept:
            self.dismiss(self._kept[message.key])

    def action_discard(self) -> None:
        """Throw the chosen one away, after asking."""
        draft = self._kept.get(self.table.current_key)
        if draft is None:
            return

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._discard(draft)

        self.app.push_screen(
            ConfirmDialog(
                _("Throw away what you typed?"),
                more=_("It has not been saved."),
                yes=_("Throw away"),
                no=_("Keep"),
                yes_id="discard",
            ),
            answered,
        )

    async def _discard(self, draft: Draft) -> None:
        try:
            await host(self).session.ask(discard_draft, draft.id)
        except SociusError as error:
            host(self).complain(error)
            return
        del self._kept[draft.id]
        if self._kept:
            self._show()
        else:
            self.dismiss(None)


def _row(draft: Draft) -> Row:
    return Row(
        draft.id,
        (
            text.dim(kept_at(draft)),
            text.plain(form_word(draft)),
            text.plain(draft.about),
            text.dim(first_words(draft)[:_WORDS]),
        ),
    )
