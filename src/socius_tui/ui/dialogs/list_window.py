"""A window around one list: asks for its rows, writes what is done in it, and asks again."""

from __future__ import annotations

from functools import partial

from socius_tui.domain.changes import ChangeSet
from socius_tui.errors import PeriodClosed, SociusError
from socius_tui.services.session import Operation
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.work import start


class ListWindow(Window[None]):
    """What the windows with a list share; `load` shows the rows."""

    DEFAULT_CSS = "ListWindow LineTable { height: 1fr; }"

    async def load(self) -> None:
        """Ask for the rows and show them; raises SociusError, which is told."""
        raise NotImplementedError

    def tell_of(self, key: str) -> None:
        """Say more about the row with the cursor, below the list; by default nothing."""

    @property
    def table(self) -> LineTable:
        """The list."""
        return self.query_one(LineTable)

    def on_mount(self) -> None:
        """Ask for the rows."""
        self.begin()
        self.reload()

    def begin(self) -> None:
        """Where the keys go at first."""
        self.table.focus()

    def reload(self) -> None:
        """Ask for the rows again."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        try:
            await self.load()
        except SociusError as error:
            host(self).complain(error)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another row."""
        self.tell_of(message.key)

    def do(self, operation: Operation) -> None:
        """Carry out a use case, and show what came of it."""
        start(self, partial(self._write, operation), group="write")

    async def _write(self, operation: Operation, reason: str = "") -> None:
        try:
            await host(self).write(operation, reason=reason)
        except PeriodClosed as error:
            from socius_tui.ui.dialogs.late_reason import ask_why

            ask_why(self, error, lambda why: self._write(operation, why))
            return
        except SociusError as error:
            host(self).complain(error)
        await self._load()

    def done(self, changes: ChangeSet | None) -> None:
        """A form was closed; when it wrote something the rows are asked for again."""
        if changes is not None:
            self.reload()
