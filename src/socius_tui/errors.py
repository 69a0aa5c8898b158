"""The errors that reach a person: what happened, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

EXIT_DONE: Final = 0
EXIT_DATA: Final = 1  # the data says no
EXIT_USAGE: Final = 2  # wrong use
EXIT_FILE: Final = 3  # the file or the disk says no


class SociusError(Exception):
    """Base of all errors that are shown; texts are in the interface language already.

    `title` is a few words, `message` one or more whole sentences that say what and where,
    `hint` says what to do. `exit_code` is that of the command line.
    """

    exit_code: int = EXIT_DATA

    def __init__(self, message: str, *, title: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.title = title
        self.message = message
        self.hint = hint


class InvalidInput(SociusError):
    """What was typed or given cannot be read; `field` names the form field or argument."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, *, field: str = "", title: str = "", hint: str = "") -> None:
        super().__init__(message, title=title, hint=hint)
        self.field = field


class RuleBroken(SociusError):
    """The input can be read, but a rule of the plan or the register forbids it."""

    def __init__(self, message: str, *, field: str = "", title: str = "", hint: str = "") -> None:
        super().__init__(message, title=title, hint=hint)
        self.field = field


class PeriodClosed(RuleBroken):
    """A change inside a closed period was given no reason; the field "reason" can give it."""

    def __init__(self, message: str, *, title: str = "", hint: str = "") -> None:
        super().__init__(message, field="reason", title=title, hint=hint)


class NotFound(RuleBroken):
    """Nothing has this code or name; `candidates` are the nearest ones."""

    def __init__(
        self, message: str, *, field: str = "", hint: str = "", candidates: Sequence[str] = ()
    ) -> None:
        super().__init__(message, field=field, hint=hint)
        self.candidates = tuple(candidates)


class Ambiguous(NotFound):
    """Several things have this name; `candidates` lists them."""


class BadFile(SociusError):
    """A file that was given (plan, list) does not hold what it should; names file and place."""

    def __init__(self, message: str, *, problems: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


class FileProblem(SociusError):
    """The database file, a folder or the disk says no."""

    exit_code = EXIT_FILE


class OutOfReach(FileProblem):
    """A place to exchange through cannot be reached now; later it may."""


class Forked(FileProblem):
    """What stands in such a place under the name of this file was not written by it."""


class Busy(FileProblem):
    """Another program holds the file; trying again may help."""


class ReadOnly(FileProblem):
    """The file or its folder cannot be written."""


class Damaged(FileProblem):
    """The file is damaged, empty or no database at all: only a backup helps."""


class Missing(FileProblem):
    """There is no file there."""
