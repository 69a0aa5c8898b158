"""The parser: `socius` with all its commands, and what click says in our words."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

from socius_tui.cli.context import State
from socius_tui.cli.parts import Option, Root, param_name
from socius_tui.cli.run import COMPLETE_VARIABLE, start
from socius_tui.domain.text import clean
from socius_tui.errors import EXIT_DONE, EXIT_USAGE, InvalidInput
from socius_tui.i18n import N_, _


def parse_and_run(arguments: list[str], state: State) -> int:
    """Carry out a command line; gives the exit code. Wrong use is raised as InvalidInput."""
    if COMPLETE_VARIABLE in os.environ:
        ROOT.main(arguments, prog_name="socius", complete_var=COMPLETE_VARIABLE, obj=state)
    try:
        with ROOT.make_context("socius", arguments, obj=state) as ctx:
            code = ROOT.invoke(ctx)
    except click.exceptions.Exit as end:  # --help and --version
        return end.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.ctx.get_help(), file=sys.stderr)
        return EXIT_USAGE
    except click.UsageError as error:
        raise _usage(error) from error
    return code if isinstance(code, int) else EXIT_DONE


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


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from socius_tui import __version__

        print(f"socius-tui {__version__}")
        ctx.exit()


@click.pass_context
def _root(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is None:
        return start(ctx.ensure_object(State))
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
