"""What every command knows: which file, which language, which day, who is at the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socius_tui.domain.dates import parse_date
from socius_tui.domain.problem import InputProblem
from socius_tui.errors import InvalidInput, NotFound, SociusError
from socius_tui.i18n import LANGUAGES, N_, _, choose_language, get_language, set_language
from socius_tui.paths import database_path

if TYPE_CHECKING:
    from socius_tui.domain.changes import ChangeSet
    from socius_tui.services.session import Operation, Session
    from socius_tui.settings import Settings

PERSON_VARIABLE: Final = "SOCIUS_PERSON"
#: Set by `socius serve` for the programs that it starts: what the browser may do.
BROWSER_VARIABLE: Final = "SOCIUS_BROWSER"
READ: Final = "read"
WRITE: Final = "write"
KNOWN_AT: Final = "--known-at"
PLAN: Final = "--plan"

#: Taken before or after the command: option, what it takes, what it is for.
GLOBAL_OPTIONS: Final = (
    ("--db", N_("FILE"), N_("The database to use; else SOCIUS_DB, else the one in your home.")),
    ("--lang", "nl|en", N_("The language: Dutch or English; else settings, else your locale.")),
    ("--as-of", N_("DATE"), N_("Look at this day: what is dated after it does not count.")),
    (KNOWN_AT, N_("MOMENT"), N_("Look at what was known then: later entries are not there.")),
    (PLAN, N_("PLAN"), N_("Look at this plan; else at the one that the file shows.")),
    ("--as", N_("PERSON"), N_("Who you are; else SOCIUS_PERSON, else the settings.")),
    ("--late-reason", N_("TEXT"), N_("Why something changes in a period that was closed.")),
)


class State:
    """The global options as they were given; each can come before or after the command."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self.arguments = arguments
        self.given: dict[str, str] = {}
        #: What is to be done when the answer has been given: a backup, when it is time for one.
        self.afterwards: list[Callable[[], object]] = []

    @cached_property
    def settings(self) -> Settings:
        """The settings file of the person, read once."""
        from socius_tui.settings import load_settings

        return load_settings()

    def speak(self, language: str | None = None) -> None:
        """Choose the language: the option, the settings, the locale, else Dutch."""
        wanted = language or self.given.get("--lang")
        set_language(choose_language(wanted, self.settings.language, os.environ))

    def check_language(self) -> None:
        """Raises InvalidInput when --lang names a language that the program does not speak."""
        wanted = self.given.get("--lang")
        if wanted is not None and wanted not in LANGUAGES:
            raise invalid(
                "--lang",
                _("the program speaks {languages}").format(languages=", ".join(LANGUAGES)),
                _("Write --lang nl or --lang en."),
            )

    @property
    def path(self) -> Path:
        """The database file."""
        try:
            return database_path(self.given.get("--db"))
        except RuntimeError as error:  # ~ without a home
            raise invalid(
                "--db",
                _("your home folder cannot be found"),
                _("Give the whole path of the file with --db."),
            ) from error

    @contextmanager
    def session(self, path: Path | None = None) -> Iterator[Session]:
        """The file, open; looking at the day that was asked for."""
        with self.open(path) as session:
            yield session
            if session.has_written:
                from socius_tui.services.backups import when_due
                from socius_tui.services.publishing import refresh

                with suppress(SociusError):  # what was done is done
                    refresh(session)
                    if (job := when_due(session)) is not None:
                        self.afterwards.append(job)

    def open(self, path: Path | None = None) -> Session:
        """Open the file. An unknown --as is refused; one from the settings waits for a write."""
        from socius_tui.services.session import Session

        session = Session(path or self.path, read_only=self.only_look)
        try:
            if (typed := self.given.get("--as-of")) is not None:
                session.set_as_of(day(session, typed, "--as-of"))
            if "--as" in self.given:
                self.be_someone(session)
            if (typed := self.given.get(KNOWN_AT)) is not None:
                # Who is at the keyboard may not have been known then.
                self.be_someone_if_known(session)
                session.set_known_at(moment(session, typed, KNOWN_AT))
            if (typed := self.given.get(PLAN)) is not None:
                from socius_tui.services.resolve import find_plan

                session.set_plan(find_plan(session, typed).id)
        except BaseException:
            session.close()
            raise
        return session

    @property
    def only_look(self) -> bool:
        """Whether this is shown in a browser that may change nothing."""
        return os.environ.get(BROWSER_VARIABLE) == READ

    @property
    def person(self) -> str:
        """The name of who is at the keyboard, as typed; empty when nobody said."""
        return self.given.get("--as") or os.environ.get(PERSON_VARIABLE, "") or self.settings.person

    def be_someone(self, session: Session) -> None:
        """Write as the person at the keyboard: the one named, or the only one there is.

        Raises NotFound when the one named is not in the file.
        """
        if session.actor is not None:
            return
        if not self.person:
            from socius_tui.services.register import staff

            everybody = staff(session)
            session.actor = everybody[0].id if len(everybody) == 1 else None
            return
        from socius_tui.services.resolve import find_person

        try:
            session.actor = find_person(session, self.person).id
        except NotFound as error:
            if not error.candidates:
                error.hint = _("`socius person list` shows who there is.")
            raise

    def be_someone_if_known(self, session: Session) -> None:
        """The same, for the screens: a name from the settings that is not in the file is left."""
        with suppress(NotFound):
            self.be_someone(session)

    @property
    def late_reason(self) -> str:
        """Why something changes in a closed period; empty when nobody said."""
        return self.given.get("--late-reason", "")

    def write(self, session: Session, operation: Operation) -> ChangeSet:
        """Carry out a use case as the person at the keyboard."""
        self.be_someone(session)
        return session.write(operation, reason=self.late_reason)

    def me(self, session: Session) -> str:
        """The id of the person at the keyboard. Raises InvalidInput when nobody said who."""
        self.be_someone(session)
        if session.actor is None:
            raise InvalidInput(
                _("The program does not know who you are."),
                hint=_("Say it with --as, with SOCIUS_PERSON, or in the settings."),
            )
        return session.actor


def invalid(option: str, message: str, hint: str = "") -> InvalidInput:
    """What was given for an option cannot be used; the sentence names the option."""
    return InvalidInput(f"{option}: {message}", field=option, hint=hint)


def day(session: Session, typed: str, option: str) -> date:
    """A typed date; relative ones count from the day it is in the file. Raises InvalidInput."""
    try:
        return parse_date(typed, today=session.today, lang=get_language())
    except InputProblem as problem:
        raise invalid(option, problem.message, problem.hint) from problem


def moment(session: Session, typed: str, option: str) -> datetime:
    """A typed moment, on the clock of this computer. Raises InvalidInput."""
    from socius_tui.domain.typed_moments import parse_moment

    try:
        return parse_moment(typed, today=session.today, lang=get_language())
    except InputProblem as problem:
        raise invalid(option, problem.message, problem.hint) from problem


def maybe_day(session: Session, typed: str | None, option: str) -> date | None:
    """A typed date, or None when the option was not given."""
    return None if typed is None else day(session, typed, option)
