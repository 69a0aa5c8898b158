"""Runs a list through its taker: to look what it would do, and to do it.

Looking and doing are the same steps. A kind of which a row has to be written to know that it can
be is written when it is looked at too, and all of it taken back; so there is no second opinion
on what is right, and nothing is written that was not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.titles import counted
from socius_tui.errors import BadFile, InvalidInput, PeriodClosed, RuleBroken
from socius_tui.i18n import _, ngettext
from socius_tui.services.backups import back_up
from socius_tui.services.exchange.tabular.source import Rejection, SourceRow
from socius_tui.services.importing.fields import Value, value_of
from socius_tui.services.importing.outcome import (
    Line,
    ListRow,
    Outcome,
    Preview,
    Refused,
    State,
)
from socius_tui.services.importing.preparing import Listed, Progress
from socius_tui.services.importing.quarantine import Quarantine
from socius_tui.services.importing.taking import Taker
from socius_tui.services.session import Session
from socius_tui.store.landmarks import passed
from socius_tui.store.unit_of_work import Transaction

SHOWN: Final = 200  # rows of each state that a preview holds
_EVERY: Final = 500  # rows between two words of progress

#: A row that cannot be taken, with everything that is wrong with it.
Rejected = tuple[Rejection, ...]
Told = Callable[[SourceRow | Rejection, Outcome | Rejected], None]


class _Nothing(Exception):
    """Nothing in the list changes anything: no change set is made."""


class Imported(NamedTuple):
    """What an import did: how many rows of each state, and the change set, if there is one."""

    counts: dict[State, int]
    changes: ChangeSet | None
    quarantined: int = 0


def look(session: Session, listed: Listed, progress: Progress | None = None) -> Preview:
    """What the list would do; nothing is written. Raises BadFile, or what `Session.write` does."""
    counts: Counter[State] = Counter()
    lines: list[Line] = []
    rejections: list[Rejection] = []

    def tell(row: SourceRow | Rejection, outcome: Outcome | Rejected) -> None:
        if not isinstance(outcome, Outcome):
            counts[State.REJECTED] += 1
            rejections.extend(outcome[: max(SHOWN - len(rejections), 0)])
            return
        counts[outcome.state] += 1
        if counts[outcome.state] <= SHOWN and isinstance(row, SourceRow):
            lines.append(Line(row.number, outcome.state, outcome.label, outcome.changes))

    late = ""
    run = _Run(listed, tell, progress, writes=listed.taker.tries)
    try:
        session.rehearse(run)
    except PeriodClosed as error:
        late = error.message
    except _Nothing:
        pass
    source = listed.source
    return Preview(
        listed.kind,
        source.file,
        source.sheet,
        source.sheets,
        source.form,
        source.found,
        listed.columns,
        source.remarks,
        {state: counts[state] for state in State},
        tuple(lines),
        tuple(rejections),
        late,
        run.likes,
    )


def carry_out(
    session: Session,
    listed: Listed,
    *,
    reason: str = "",
    quarantine: Quarantine | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Write the list in one transaction, after a backup.

    Without a quarantine all of it or nothing: BadFile names the first rows that cannot be taken.
    With one the others are written, and those go in its file, before anything is on the disk.
    Raises PeriodClosed where a reason is needed.
    """
    counts: Counter[State] = Counter()
    rejected: list[Rejection] = []

    def tell(row: SourceRow | Rejection, outcome: Outcome | Rejected) -> None:
        if not isinstance(outcome, Outcome):
            counts[State.REJECTED] += 1
            if quarantine is not None:
                quarantine.add(row, outcome)
            else:
                rejected.extend(outcome[: max(SHOWN - len(rejected), 0)])
        else:
            counts[outcome.state] += 1

    def before_it_is_written() -> None:
        if rejected:
            raise refused(listed.source.file, rejected, counts[State.REJECTED])
        if quarantine is not None:
            quarantine.write()
        passed("import.written")

    back_up(session, "import")
    passed("import.backed_up")
    run = _Run(listed, tell, progress, writes=True, last=before_it_is_written)
    try:
        changes = session.write(run, reason=reason)
    except _Nothing:
        changes = None
    finally:
        if quarantine is not None:
            quarantine.close()
    return Imported({state: counts[state] for state in State}, changes, counts[State.REJECTED])


def refused(file: str, rejected: list[Rejection], count: int) -> BadFile:
    """Why nothing of a list was written."""
    return BadFile(
        ngettext(
            "{file}: {n} row cannot be taken, so nothing was written.",
            "{file}: {n} rows cannot be taken, so nothing was written.",
            count,
        ).format(file=file, n=count),
        problems=[str(rejection) for rejection in rejected],
        hint=_("Mend them, or write the others with --quarantine FILE."),
    )


class _Run:
    """The use case: every row of the list, in one change set."""

    def __init__(
        self,
        listed: Listed,
        tell: Told,
        progress: Progress | None,
        *,
        writes: bool,
        last: Callable[[], None] | None = None,
    ) -> None:
        self._listed, self._tell, self._progress = listed, tell, progress
        self._writes, self._last = writes, last
        self.likes: dict[int, str] = {}
        fields = {field.name: field for field in listed.taker.FIELDS if field.told}
        self._fields = [fields.get(name) for name in listed.columns.fields]

    def apply(self, transaction: Transaction) -> str:
        """Take the rows one by one; raises _Nothing when none of them changed anything."""
        listed = self._listed
        taker = listed.taker(transaction, listed.source.found, listed.choices)
        written = 0
        for number, row in enumerate(listed.source.rows(), 1):
            outcome = self._taken(taker, row)
            if isinstance(outcome, Outcome) and outcome.state is not State.SAME:
                written += 1
            self._tell(row, outcome)
            if self._progress is not None and number % _EVERY == 0:
                self._progress(number)
            passed("import.row")
        if self._last is not None:
            self._last()
        if not written:
            raise _Nothing
        return counted(
            "{count} row imported from {file}",
            "{count} rows imported from {file}",
            written,
            file=listed.source.file,
        )

    def _taken(self, taker: Taker, row: SourceRow | Rejection) -> Outcome | Rejected:
        if isinstance(row, Rejection):
            return (row,)
        values, wrong = self._values(row)
        if wrong:
            return tuple(self._rejection(row, refusal) for refusal in wrong)
        try:
            outcome = taker.take(values)
            if self._writes and outcome.state is not State.SAME:
                if taker.tries:
                    with taker.transaction.attempt():
                        taker.write(outcome)
                else:
                    taker.write(outcome)
        except Refused as refusal:
            if refusal.like and len(self.likes) < SHOWN:
                self.likes[row.number] = refusal.like
            return (self._rejection(row, refusal),)
        except (InvalidInput, RuleBroken) as error:
            rule = f"rule.{type(error).__name__.lower()}"
            broken = Refused(rule, error.message, error.hint, error.field)
            return (self._rejection(row, broken),)
        return outcome

    def _values(self, row: SourceRow) -> tuple[ListRow, list[Refused]]:
        """The values of the cells, and what is wrong with those that have none."""
        values: dict[str, Value] = {}
        wrong: list[Refused] = []
        for field, cell in zip(self._fields, row.cells, strict=True):
            if field is not None:
                try:
                    values[field.name] = value_of(field, cell, self._listed.source.found)
                except InputProblem as problem:
                    wrong.append(Refused(problem.rule, problem.message, problem.hint, field.name))
        return ListRow(row.number, values), wrong

    def _rejection(self, row: SourceRow, refusal: Refused) -> Rejection:
        place = self._listed.columns.place(refusal.field)
        named = next((f for f in self._listed.taker.FIELDS if f.name == refusal.field), None)
        about = f"{_(named.heading)}: " if named and place < 0 else ""  # no column to point at
        return self._listed.source.reject(
            row.number,
            refusal.rule,
            about + refusal.sentence,
            column=place,
            value=row.cells[place] if place >= 0 else "",
            hint=refusal.hint,
        )
