"""Runs the program once: streams, language, errors in words, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final

from socius_tui.cli.context import State
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean
from socius_tui.errors import (
    EXIT_DONE,
    EXIT_FILE,
    BadFile,
    FileProblem,
    InvalidInput,
    SociusError,
)
from socius_tui.i18n import _

COMPLETE_VARIABLE: Final = "_SOCIUS_COMPLETE"
EXIT_INTERRUPTED: Final = 130  # as shells have it for Ctrl-C


def run(arguments: Sequence[str]) -> int:
    """Run a command line; gives the exit code. Every error is a sentence on stderr."""
    _forgive_streams()
    state = State(arguments=tuple(arguments))
    state.speak(_language_in(arguments))
    try:
        for warning in state.settings.warnings:
            _say(warning)
        code = _carry_out(list(arguments), state)
        sys.stdout.flush()
        _afterwards(state)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except SociusError as error:
        return complain(error)
    except InputProblem as problem:
        return complain(InvalidInput(problem.message, hint=problem.hint))
    except OSError as error:
        return _disk(error)
    return code


def _carry_out(arguments: list[str], state: State) -> int:
    """Carry out the command line; what goes wrong is raised.

    The two that are typed most, `socius` and `socius status`, have nothing to parse, and do
    not wait until a parser is loaded.
    """
    if COMPLETE_VARIABLE not in os.environ:
        if not arguments:
            return start(state)
        if arguments == ["status"]:
            from socius_tui.cli.showing import show_status

            show_status(state)
            return EXIT_DONE
    from socius_tui.cli.root import parse_and_run

    return parse_and_run(arguments, state)


def _afterwards(state: State) -> None:
    """What nobody has to wait for; that it failed is said, and changes nothing of the answer."""
    for job in state.afterwards:
        try:
            job()
        except SociusError as error:
            _say(clean(_("No backup was made: {reason}").format(reason=error.message)))


def start(state: State) -> int:
    """Without a command: the screens, or the overview where there is no terminal."""
    state.check_language()
    state.speak()
    from socius_tui.cli.opening import open_screens

    return open_screens(state)


def complain(error: SociusError) -> int:
    """Say on stderr what went wrong and what to do about it; gives the exit code."""
    label = _("Error ({title})").format(title=error.title) if error.title else _("Error")
    _say(clean(f"{label}: {error.message}", limit=4000))
    if isinstance(error, BadFile):
        for problem in error.problems:
            _say("  " + clean(problem))
    if error.hint:
        _say(clean(_("Tip: {hint}").format(hint=error.hint)))
    return error.exit_code


def _say(text: str) -> None:
    with suppress(OSError):  # nobody is listening; the exit code still tells
        print(text, file=sys.stderr, flush=True)


def _forgive_streams() -> None:
    """A letter that the terminal's encoding lacks becomes a question mark, not an error.

    A stream that whoever started us closed (`>&-`) is one that nobody reads.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (until the end)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _language_in(arguments: Sequence[str]) -> str | None:
    """The language that a command line asks for: --help speaks it before options are read."""
    for position, argument in enumerate(arguments):
        if argument == "--lang":
            return next(iter(arguments[position + 1 : position + 2]), None)
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None


def _reader_left() -> int:
    """The program that read our output has ended: so do we, without a word."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # a stream that is no file needs nothing
    finally:
        os.close(nowhere)
    return EXIT_DONE


def _disk(error: OSError) -> int:
    """What the system refuses outside the database: stdout on a full disk, for instance."""
    where = clean(str(error.filename)) if error.filename is not None else _("The output")
    reason = clean(error.strerror or str(error))
    complain(
        FileProblem(
            _("{path} cannot be read or written: {reason}.").format(path=where, reason=reason),
            title=_("The disk says no"),
            hint=_("Check the folder, its rights and the free space, then try again."),
        )
    )
    _reader_left()
    return EXIT_FILE


def unforeseen(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A mistake of ours: a sentence with the place; `python -X dev` shows the whole trace."""
    if sys.flags.dev_mode:
        sys.__excepthook__(kind, error, trace)
        return
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "socius_tui" in code.co_filename:
            place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    complain(
        SociusError(
            _("Something went wrong that should not ({kind} in {place}).").format(
                kind=kind.__name__, place=place
            ),
            title=_("A mistake in the program"),
            hint=_(
                "What was being written was not written. Tell the makers what you did and "
                "this line."
            ),
        )
    )
