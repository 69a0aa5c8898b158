"""An open file with a person, a date and a clock: what every use case and question needs.

The command line uses a `Session` directly. The interface uses a `BackgroundSession`, which
keeps the same thing on a thread of its own, so that the screen never waits for the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.closing import LONGEST_REASON
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _, get_language
from socius_tui.services.clock import Clock, SystemClock
from socius_tui.store import migrations
from socius_tui.store.drafts import drop_draft
from socius_tui.store.driver import Connection
from socius_tui.store.landmarks import passed
from socius_tui.store.locks import any_closed
from socius_tui.store.people import reads_along
from socius_tui.store.plans import day, load_plan, setting
from socius_tui.store.unit_of_work import Database, Transaction

if TYPE_CHECKING:
    from socius_tui.store.known import KnownAt

P = ParamSpec("P")
T = TypeVar("T")


class Operation(Protocol):
    """Something a person does: one transaction, all of it or nothing."""

    def apply(self, transaction: Transaction) -> str:
        """Write, and give the title of what was done; raises SociusError to refuse."""


class Session:
    """An open database; belongs to the thread that opened it.

    `as_of` limits what counts; it is the day asked for, else the day that the file pins
    (a demo does), else today. `known_at` limits what is known to what was recorded up to a
    moment; nothing can be written then. `actor` is the id of the person at the keyboard.
    `read_only` opens the file so that nothing can be written, whatever its rights.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock | None = None,
        as_of: date | None = None,
        actor: str | None = None,
        read_only: bool = False,
    ) -> None:
        self._clock = clock or SystemClock()
        self._known: KnownAt | None = None
        self.database = Database(path, _mind_closed_periods, read_only=read_only)
        self.actor = actor
        try:
            if migrations.pending(self.database.connection) > 0:
                self._upgrade()
            self.database.catch_up(self._clock.now())
            self._pinned = self.read(lambda connection: day(setting(connection, "today")))
        except BaseException:
            self.database.close()
            raise
        self._as_of = as_of
        self._chosen_plan: str | None = None

    def _upgrade(self) -> None:
        connection, identity = self.database.connection, self.database.identity
        try:
            migrations.migrate(connection, self.path, self._clock.now(), settle=identity.settle)
        except BaseException:
            identity.undone()
            raise
        identity.finish(connection)
        identity.committed()

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    @property
    def read_only(self) -> bool:
        """Whether the file can only be read."""
        return self.database.read_only

    @property
    def today(self) -> date:
        """The day it is for the user; a demo stands still on its own day."""
        return self._pinned or self._clock.today()

    @property
    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._clock.now()

    @property
    def clock(self) -> Clock:
        """What says which moment and day it is."""
        return self._clock

    @property
    def has_written(self) -> bool:
        """Whether anything was written in the file through this session."""
        return self.database.connection.total_changes > 0

    @property
    def is_demo(self) -> bool:
        """Whether this file is a demo that stands still on one day."""
        return self._pinned is not None

    @property
    def as_of(self) -> date:
        """The day up to which everything counts."""
        return self._as_of or self.today

    def set_as_of(self, day: date | None) -> None:
        """Look at another day; None is today again."""
        self._as_of = day

    @property
    def known_at(self) -> datetime | None:
        """The moment up to which what was recorded is known; None is now."""
        return self._known.moment if self._known else None

    def set_plan(self, identifier: str | None) -> None:
        """Look at another plan of the file; None is the one that the file shows."""
        self._chosen_plan = identifier

    def set_known_at(self, moment: datetime | None) -> None:
        """Look at what was known at a moment; None, or one that has not passed, is now.

        Raises RuleBroken when the journal of the file begins later; then nothing is changed.
        """
        known = None
        if moment is not None and moment < self._clock.now():
            from socius_tui.store.known import KnownAt

            known = KnownAt(self.database, moment)
        if self._known is not None:
            self._known.close()
        self._known = known

    def read(self, query: Callable[[Connection], T]) -> T:
        """Answer a question from one consistent state of the file."""
        return (self._known or self.database).read(query)

    def write(
        self,
        operation: Operation,
        *,
        ids: Iterator[str] | None = None,
        reason: str = "",
        draft: str | None = None,
    ) -> ChangeSet:
        """Carry out a use case; what it gives back is on the disk.

        `reason` says why a closed period is changed; a use case that asks why by itself has
        said it already. Raises PeriodClosed where it is missing. `draft` is the id of what was
        kept of its form: it goes in the same transaction.
        """
        return self.write_all([operation], ids=ids, reason=reason, draft=draft)[0]

    def write_all(
        self,
        operations: Iterable[Operation],
        *,
        ids: Iterator[str] | None = None,
        reason: str = "",
        draft: str | None = None,
    ) -> list[ChangeSet]:
        """Carry out several, each a change set of its own: all of them or none.

        They are asked for one by one inside the transaction. Raises InvalidInput while looking
        at what was known at an earlier moment.
        """
        if self._known is not None:
            raise looking_back(self._known.moment)
        reason = _checked(reason)
        with self.database.story(ids) as story:
            if reads_along(story.connection, self.actor):
                raise reading_along()
            done = [
                story.write(
                    operation.apply,
                    today=self.today,
                    now=self._clock.now(),
                    actor=self.actor,
                    reason=reason or str(getattr(operation, "reason", "") or "").strip(),
                    undoes=getattr(operation, "undoes", None),
                )
                for operation in operations
            ]
            if draft is not None:
                passed("draft.written")
                drop_draft(story.connection, draft)
                passed("draft.dropped")
            return done

    def rehearse(self, operation: Operation, *, reason: str = "") -> None:
        """Carry out a use case and take all of it back, to see what it would do.

        Others wait for the file as long as it takes. Raises what `write` raises.
        """

        class Over(Exception):
            """Ends the transaction without its COMMIT."""

        if self._known is not None:
            raise looking_back(self._known.moment)
        with suppress(Over), self.database.story() as story:
            story.write(
                operation.apply,
                today=self.today,
                now=self._clock.now(),
                actor=self.actor,
                reason=reason,
            )
            raise Over

    def compact(self) -> None:
        """Write the file anew, so that nothing is left of what was erased in it."""
        self.database.compact()

    def plan(self) -> PlanRecord:
        """The plan that is looked at. Raises RuleBroken when the file has none yet."""
        return self._present(self.maybe_plan())

    def shown_plan(self) -> PlanRecord:
        """The plan that the file shows, whatever is looked at. Raises RuleBroken without one."""
        return self._present(self.read(load_plan))

    def _present(self, plan: PlanRecord | None) -> PlanRecord:
        if plan is None and self._known is not None:
            raise RuleBroken(
                _("On {moment} there was no plan in this file yet.").format(
                    moment=_words(self._known.moment)
                ),
                hint=_("Choose a later moment."),
            )
        if plan is None:
            raise RuleBroken(
                _("There is no plan in this file yet."),
                hint=_("Make one with `socius init --plan socius-2016-2020`, or give a plan file."),
            )
        return plan

    def maybe_plan(self) -> PlanRecord | None:
        """The plan that is looked at: the one chosen, as long as it is there, else the file's."""
        return self.read(lambda connection: load_plan(connection, self._chosen_plan))

    def close(self) -> None:
        """Close the file."""
        if self._known is not None:
            self._known.close()
        self.database.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()


def reading_along() -> RuleBroken:
    """Why somebody whose laptop sends nothing cannot write."""
    return RuleBroken(
        _("You read along in this plan: what you change here would reach nobody."),
        title=_("Reading along"),
        hint=_("Ask a director for another role, or write as somebody else with --as."),
    )


def _mind_closed_periods(transaction: Transaction, reason: str) -> None:
    if any_closed(transaction.connection):
        from socius_tui.services.closed_periods import mind_closed_periods

        mind_closed_periods(transaction, reason)


def _checked(reason: str) -> str:
    """A reason as it can be kept. Raises InvalidInput."""
    try:
        return check_text(reason, max_length=LONGEST_REASON, multiline=True)
    except InputProblem as problem:
        raise InvalidInput(problem.message, field="reason", hint=problem.hint) from problem


def looking_back(moment: datetime) -> InvalidInput:
    """Why nothing can be written while somebody looks at what was known at a moment."""
    return InvalidInput(
        _("You are looking at what was known on {moment}; nothing can be changed there.").format(
            moment=_words(moment)
        ),
        title=_("Looking back"),
        hint=_("Go back to now to write: empty “As known at”, or leave --known-at out."),
    )


def _words(moment: datetime) -> str:
    from socius_tui.domain.typed_moments import moment_words

    return moment_words(moment, get_language())


class BackgroundSession:
    """A session on a thread of its own; everything it is asked is awaited."""

    def __init__(self, open_session: Callable[[], Session]) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._open = open_session
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._session: Session | None = None

    async def ask(
        self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a service function that takes a session first, off the event loop."""
        import asyncio

        def run() -> T:
            return question(self._opened(), *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

    async def write(
        self, operation: Operation, *, reason: str = "", draft: str | None = None
    ) -> ChangeSet:
        """Carry out a use case off the event loop."""
        return await self.ask(Session.write, operation, reason=reason, draft=draft)

    async def close(self) -> None:
        """Close the file and end the thread."""
        import asyncio

        def run() -> None:
            if self._session is not None:
                self._session.close()

        await asyncio.get_running_loop().run_in_executor(self._thread, run)
        self._thread.shutdown(wait=False)

    def _opened(self) -> Session:
        if self._session is None:
            self._session = self._open()
        return self._session
