"""Runs the program once: streams, language, errors in words, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final

import click

from socius_tui.cli.context import State
from socius_tui.cli.parts import Option, Root, param_name
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean
from socius_tui.errors import (
    EXIT_DONE,
    EXIT_FILE,
    EXIT_USAGE,
    BadFile,
    FileProblem,
    InvalidInput,
    SociusError,
)
from socius_tui.i18n import N_, _

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
        code = _invoke(list(arguments), state)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except SociusError as error:
        return complain(error)
    except InputProblem as problem:
        return complain(InvalidInput(problem.message, hint=problem.hint))
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.ctx.get_help())
        return EXIT_USAGE
    except click.UsageError as error:
        return complain(_usage(error))
    except OSError as error:
        return _disk(error)
    return code


def _invoke(arguments: list[str], state: State) -> int:
    """Carry out the command line; what goes wrong is raised."""
    if COMPLETE_VARIABLE in os.environ:
        ROOT.main(arguments, prog_name="socius", complete_var=COMPLETE_VARIABLE, obj=state)
    try:
        with ROOT.make_context("socius", arguments, obj=state) as ctx:
            code = ROOT.invoke(ctx)
    except click.exceptions.Exit as end:  # --help and --version
        return end.exit_code
    return code if isinstance(code, int) else EXIT_DONE


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
    """A letter that the terminal's encoding lacks becomes a question mark, not an error."""
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


def _usage(error: click.UsageError) -> InvalidInput:
    """What click says about wrong use, in our words."""
    command = error.ctx.command_path if error.ctx is not None else "socius"
    hint = _("Help: `{command} --help`.").format(command=command)
    if isinstance(error, click.MissingParameter):
        name = param_name(error.param, error.ctx)
        help_text = getattr(error.param, "help_text", "")
        return InvalidInput(
            _("{name} is missing. {what}").format(name=name, what=_(help_text)).strip(),
            field=name,
            hint=hint,
        )
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities or ()
        return InvalidInput(
            _("There is no option {name} here.").format(name=clean(error.option_name, limit=40)),
            hint=_("Did you mean {candidates}?").format(candidates=_(" or ").join(near))
            if near
            else hint,
        )
    if isinstance(error, click.BadOptionUsage):
        flag = any(
            isinstance(p, Option) and p.is_flag and error.option_name in p.opts
            for p in (error.ctx.command.params if error.ctx is not None else ())
        )
        sentence = _("{name} takes no value.") if flag else _("{name} needs a value.")
        return InvalidInput(sentence.format(name=clean(error.option_name, limit=40)), hint=hint)
    return InvalidInput(clean(error.format_message()), hint=hint)


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


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from socius_tui import __version__

        print(f"socius-tui {__version__}")
        ctx.exit()


def _start(state: State) -> int:
    """Without a command: the screens, or the overview where there is no terminal."""
    state.check_language()
    state.speak()
    from socius_tui.cli.opening import open_screens

    return open_screens(state)


@click.pass_context
def _root(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is None:
        return _start(ctx.ensure_object(State))
    return None


ROOT: Final = Root(
    name="socius",
    callback=_root,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_(
        "Keeps a five-year policy plan alive: goals, indicators, visits, one file.\n\n"
        "Without a command it opens the screens. Everything can also be done from here: "
        "`socius init` makes a file, `socius demo` shows one that is full of examples, "
        "`socius status` tells how the plan goes."
    ),
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            hidden=True,
            callback=_version,
            help=N_("Show the version and stop."),
        )
    ],
)
