"""What every kind of list gives: its fields, what a row would do, and how that is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import product
from typing import ClassVar, NamedTuple

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean, fold
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.services.exchange.organisationfile import checked_enterprise_number
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.importing.fields import Field, Value
from socius_tui.services.importing.outcome import FieldChange, ListRow, Outcome, Refused
from socius_tui.services.resolve import Named, choose
from socius_tui.store import lookups, organisations, people
from socius_tui.store.driver import Connection
from socius_tui.store.unit_of_work import Transaction


class Choices(NamedTuple):
    """What a person said of rows that look like something that is there.

    `same` gives for a row what it is (a code, name or id), `new` the rows that are new all the
    same, `all_new` that every one of them is.
    """

    same: Mapping[int, str] = {}
    new: frozenset[int] = frozenset()
    all_new: bool = False


class Taker:
    """Takes the rows of one kind of list, one after the other, in an open transaction.

    What it looks up it looks up once, when it is made; what it writes it remembers. `tries` is
    whether a row has to be written to know that it can be: then a preview writes it and takes
    it back.
    """

    FIELDS: ClassVar[Sequence[Field]] = ()
    tries: ClassVar[bool] = True

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        self.transaction = transaction
        self.found = found
        self.choices = choices
        self._seen: dict[str, int] = {}

    def take(self, row: ListRow) -> Outcome:
        """What a row would do. Raises Refused."""
        raise NotImplementedError

    def write(self, outcome: Outcome) -> None:
        """Do it. Raises SociusError where a rule forbids it."""
        raise NotImplementedError

    def once(self, key: str, row: ListRow, field: str = "") -> None:
        """Raises Refused when an earlier row of the list was about the same."""
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            raise Refused(
                "row.duplicate",
                _("Row {row} of this list is about the same.").format(row=first),
                _("Keep one of them."),
                field,
            )


@contextmanager
def about(field: str) -> Iterator[None]:
    """What breaks a rule within is about this field: an InputProblem becomes Refused."""
    try:
        yield
    except InputProblem as problem:
        raise Refused(problem.rule, problem.message, problem.hint, field) from problem


def needed(row: ListRow, field: str) -> Value:
    """The value of a field that must be there. Raises Refused."""
    value = row.values.get(field)
    if value is None:
        raise Refused("field.missing", _("This must not be empty."), "", field)
    return value


def text_in(row: ListRow, field: str) -> str:
    """The text of a field, "" when it is empty."""
    value = row.values.get(field)
    return value if isinstance(value, str) else ""


class Known:
    """The things that a cell can name, by code or whole name; folded once for all rows.

    `what` is the word for the kind of thing, `field` the field of the list. `others` are what
    things are called besides, looked at when none has that as its own code or name.
    """

    def __init__(
        self, things: Sequence[Named], what: str, field: str, others: Sequence[Named] = ()
    ) -> None:
        self._things, self._what, self._field = things, what, field
        self._called: list[dict[str, list[Named]]] = []
        for some, attribute in product((things, others), ("code", "name")):
            called: dict[str, list[Named]] = {}
            for thing in some:
                called.setdefault(fold(getattr(thing, attribute)), []).append(thing)
            self._called.append(called)

    def meant(self, typed: str) -> Named:
        """The one thing that is named. Raises Refused.

        A part of a name is enough for who types and sees what happens, and not in a list.
        """
        wanted = fold(typed)
        for called in self._called:
            same = called.get(wanted, []) if wanted else []
            if len({t.id for t in same}) == 1:
                return same[0]
            if same:
                raise Refused(
                    "ref.ambiguous",
                    _("“{typed}” can be several: {candidates}.").format(
                        typed=clean(typed, limit=80),
                        candidates="; ".join(clean(t.label, limit=60) for t in same[:5]),
                    ),
                    _("Give the code instead."),
                    self._field,
                )
        try:
            near = choose(typed, self._things, self._what)
        except NotFound as error:
            raise Refused("ref.unknown", error.message, error.hint, self._field) from error
        raise Refused(
            "ref.unknown",
            _("There is no {what} “{typed}”.").format(
                what=self._what, typed=clean(typed, limit=80)
            ),
            _("Did you mean {candidates}?").format(candidates=clean(near.label, limit=100)),
            self._field,
        )


def organisations_known(connection: Connection) -> Known:
    """Organisations in use, and what else they are called.

    That is their enterprise number in place of a code, and what was merged into one of them.
    """
    others: list[Named] = []
    for identifier, code, number, name, _place, own in lookups.organisation_keys(connection):
        if number:
            others.append(Named(identifier, number, name))
        if identifier != own:
            others.append(Named(identifier, code, name))
    in_use = [Named(*row) for row in organisations.names(connection)]
    return Known(in_use, _("organisation"), "organisation", others)


def organisation_meant(row: ListRow, known: Known) -> Named:
    """The organisation of a row: by code, whole name or enterprise number. Raises Refused."""
    typed = str(needed(row, "organisation"))
    with suppress(InputProblem):  # it need not be a number
        typed = checked_enterprise_number(typed) or typed
    return known.meant(typed)


def persons_known(connection: Connection, field: str) -> Known:
    """Everybody who works here, by name."""
    persons = [Named(p.id, "", p.name) for p in people.persons(connection)]
    return Known(persons, _("person"), field)


def work_types_in(transaction: Transaction) -> list[Named]:
    """The work types."""
    found = people.work_types(transaction.connection, transaction.today)
    return [Named(w.id, w.code, w.name) for w in found]


def differences(
    given: Mapping[str, str | None], there: Mapping[str, str | None]
) -> tuple[FieldChange, ...]:
    """The fields in which what is given differs from what is there, in the order given."""
    return tuple(
        FieldChange(name, there.get(name) or "", value or "")
        for name, value in given.items()
        if (value or "") != (there.get(name) or "")
    )


def day_cell(value: Value) -> str | None:
    """A day as the file stores it."""
    return value.isoformat() if isinstance(value, date) else None
