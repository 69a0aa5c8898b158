# ruff: noqa: ARG002 (click decides what its methods are given)
"""Commands, groups, options and arguments of ours: translated help, global options anywhere.

Help texts are given as constants marked with `N_`; they are translated when they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any, Final, cast

import click

from socius_tui.cli.context import GLOBAL_OPTIONS, KNOWN_AT, PLAN, State
from socius_tui.cli.sections import SECTIONS
from socius_tui.domain.text import clean
from socius_tui.errors import InvalidInput
from socius_tui.i18n import N_, _

# Put before an argument such as -12,5: no option of ours has one dash, but for -h.
_NEGATIVE: Final = "\ue0f0"

Completer = Callable[[State], "Sequence[tuple[str, str]]"]


class _Param(click.Parameter):
    """What options and arguments of ours share: a help text, and negative numbers."""

    help_text: str = ""
    completer: Completer | None = None

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        if isinstance(value, str):
            value = value.removeprefix(_NEGATIVE)
        elif isinstance(value, tuple | list):
            value = tuple(v.removeprefix(_NEGATIVE) if isinstance(v, str) else v for v in value)
        return super().type_cast_value(ctx, value)

    def make_metavar(self, ctx: click.Context) -> str:
        if isinstance(self.type, Words):
            return "|".join(self.type.words)
        return _(self.metavar) if self.metavar else (self.name or "").upper()

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        if self.completer is None:
            return super().shell_complete(ctx, incomplete)
        from socius_tui.cli.completing import matching

        return matching(self.completer, ctx.obj, incomplete)


class Option(_Param, click.Option):
    """An option with a translated help text."""

    def __init__(self, *args: Any, completer: Completer | None = None, **kwargs: Any) -> None:
        self.completer = completer
        self.help_text = kwargs.pop("help", "")
        super().__init__(*args, **kwargs)

    def help_row(self, ctx: click.Context) -> tuple[str, str]:
        """Its line in the help: how to write it, and what it is for."""
        written = ", ".join(sorted(self.opts, key=len))
        if not (self.is_flag or self.count):
            written += f" {self.make_metavar(ctx)}"
        text = _(self.help_text)
        if self.multiple:
            text += " " + _("Can be given more than once.")
        if self.required:
            text += " " + _("[required]")
        return written, text


class Argument(_Param, click.Argument):
    """An argument with a translated help text."""

    def __init__(self, *args: Any, completer: Completer | None = None, **kwargs: Any) -> None:
        self.completer = completer
        self.help_text = kwargs.pop("help", "")
        super().__init__(*args, **kwargs)


class Words(click.ParamType[Any]):
    """One of a few words."""

    name = "words"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in self.words:
            return value
        name = param_name(param, ctx)
        raise InvalidInput(
            _("{name}: “{value}” is not one of {words}.").format(
                name=name, value=clean(str(value), limit=40), words=", ".join(self.words)
            ),
            field=name,
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class Whole(click.ParamType[Any]):
    """A whole number of at least 1."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, int):
            return value
        if re.fullmatch("[1-9][0-9]{0,8}", value):
            return int(value)
        name = param_name(param, ctx)
        raise InvalidInput(
            _("{name}: “{value}” is not a whole number above 0.").format(
                name=name, value=clean(str(value), limit=40)
            ),
            field=name,
        )


def param_name(param: click.Parameter | None, ctx: click.Context | None) -> str:
    """How a person knows an option or argument: `--date`, or ORGANISATION."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if param is not None and ctx is not None:
        return param.make_metavar(ctx).strip("[].")
    return (param.name or "") if param is not None else ""


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """A decorator: an option of ours."""
    return cast(Callable[[Any], Any], click.option(*names, cls=Option, **attributes))


def argument(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """A decorator: an argument of ours."""
    return cast(Callable[[Any], Any], click.argument(*names, cls=Argument, **attributes))


FORMATS: Final = ("table", "csv", "json", "markdown")

format_option = option(
    "--format",
    "form",
    type=Words(*FORMATS),
    default="table",
    help=N_("How to print it: a table to read, or CSV, JSON or Markdown for another program."),
)


def _remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    state = ctx.find_object(State)
    if value is not None and state is not None:
        state.given[param.opts[0]] = value


def _complete_languages(_state: State) -> Sequence[tuple[str, str]]:
    return (("nl", "Nederlands"), ("en", "English"))


def _complete_plans(state: State) -> Sequence[tuple[str, str]]:
    from socius_tui.cli.completing import plans

    return plans(state)


_COMPLETERS: Final[dict[str, Completer]] = {"--lang": _complete_languages, PLAN: _complete_plans}


def _global_options() -> list[click.Parameter]:
    return [
        Option(
            [name, "global_" + name.strip("-").replace("-", "_")],
            metavar=metavar,
            help=text,
            expose_value=False,
            callback=_remember,
            completer=_COMPLETERS.get(name),
        )
        for name, metavar, text in GLOBAL_OPTIONS
    ]


class _Helpful(click.Command):
    """Help and usage in the chosen language, and the global options, for commands and groups."""

    examples: tuple[str, ...] = ()
    looks_back = True  # whether --known-at means something here
    _globals: list[click.Parameter] | None = None

    @property
    def about(self) -> str:
        """What it is for, in the chosen language."""
        return _(self.help) if self.help else ""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own parameters, then the global options, then --help."""
        if self._globals is None:
            self._globals = _global_options()
        params = super().get_params(ctx)
        own, rest = params[: len(self.params)], params[len(self.params) :]
        taken = {name for param in own for name in param.opts}  # `init --plan` is one of its own
        return [*own, *(g for g in self._globals if taken.isdisjoint(g.opts)), *rest]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; click's parser does not say for which command it complains."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, whose text is ours."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this help and stop.")
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence."""
        return self.about.split("\n", 1)[0].rstrip(".")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How it is written."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Arguments and required options by name, the other options together."""
        pieces = []
        for param in self.params:
            if isinstance(param, click.Argument):
                pieces.append(_usage_of(param, ctx))
            elif isinstance(param, Option) and param.required:
                pieces.append(f"{param.opts[0]} {param.make_metavar(ctx)}")
        return [*pieces, _("[OPTIONS]")]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help page."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.about)
        arguments = [p for p in self.params if isinstance(p, Argument)]
        own = [p for p in self.params if isinstance(p, Option) and not p.hidden]
        _section(
            formatter,
            _("Arguments"),
            [(_usage_of(p, ctx), _(p.help_text)) for p in arguments if p.help_text],
        )
        _section(formatter, _("Options"), [p.help_row(ctx) for p in own])
        self.format_commands(ctx, formatter)
        self._format_globals(ctx, formatter)
        if self.examples:
            with formatter.section(_("Examples")):
                for example in self.examples:
                    formatter.write(f"  {example}\n")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing: a command has no commands."""

    def _format_globals(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if ctx.parent is not None:
            formatter.write_paragraph()
            formatter.write_text(
                _("Also, before or after the command: {options}; see `socius --help`.").format(
                    options=", ".join(
                        name
                        for name, _metavar, _text in GLOBAL_OPTIONS
                        if self.looks_back or name != KNOWN_AT
                    )
                )
            )
            return
        rows = [o.help_row(ctx) for o in self._globals or () if isinstance(o, Option)]
        _section(formatter, _("Options, before or after the command"), rows)
        _section(
            formatter,
            _("About"),
            [
                ("-h, --help", _("Show this help and stop.")),
                ("--version", _("Show the version and stop.")),
            ],
        )


def _usage_of(param: click.Argument, ctx: click.Context) -> str:
    name = param.make_metavar(ctx)
    return name if param.required else f"[{name}]"


def _section(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(list(rows), col_max=26)


class Command(_Helpful):
    """A command of ours; one that `looks_back` only reads, and knows the past as well."""

    def __init__(
        self, *args: Any, examples: Sequence[str] = (), looks_back: bool = False, **kwargs: Any
    ) -> None:
        self.examples = tuple(examples)
        self.looks_back = looks_back
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take negative numbers for what they are, and refuse what is left over."""
        ctx.allow_extra_args = True
        marked = [_NEGATIVE + a if re.match("-[^-]", a) and a != "-h" else a for a in args]
        rest = super().parse_args(ctx, marked)
        if rest and not ctx.resilient_parsing:
            shown = " ".join(clean(a.removeprefix(_NEGATIVE), limit=40) for a in rest[:3])
            raise InvalidInput(
                _("“{text}” is too much here.").format(text=shown),
                hint=_(
                    "Put quotes around a name of several words. Help: `{command} --help`."
                ).format(command=ctx.command_path),
            )
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run it, in the language that the options ask for."""
        state = ctx.find_object(State)
        if state is not None:
            state.check_language()
            state.speak()
            if KNOWN_AT in state.given and not self.looks_back:
                raise _only_now(ctx.command_path)
        return super().invoke(ctx)


def _only_now(command: str) -> InvalidInput:
    return InvalidInput(
        _("{option}: `{command}` works on what is in the file now.").format(
            option=KNOWN_AT, command=command
        ),
        field=KNOWN_AT,
        hint=_("Leave {option} out; it is for commands that only show.").format(option=KNOWN_AT),
    )


class Group(_Helpful, click.Group):
    """A command with commands under it."""

    command_class = Command

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        self.examples = tuple(examples)
        kwargs.setdefault("subcommand_metavar", "")
        super().__init__(*args, **kwargs)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """A command of the group, and what that takes."""
        return [_("COMMAND …")]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were written."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant. Raises InvalidInput with the nearest ones."""
        if args and not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            from socius_tui.domain.text import nearest

            near = nearest(args[0], self.list_commands(ctx))
            raise InvalidInput(
                _("There is no command “{name}”.").format(name=clean(args[0], limit=40)),
                hint=_("Did you mean {candidates}?").format(candidates=_(" or ").join(near))
                if near
                else _("`{command} --help` lists the commands.").format(command=ctx.command_path),
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands, each with its first sentence."""
        self.write_commands(ctx, formatter, _("Commands"), self.list_commands(ctx))

    def write_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter, title: str, names: Sequence[str]
    ) -> None:
        """A section of the help with these commands."""
        found = [(name, self.get_command(ctx, name)) for name in names]
        _section(
            formatter, title, [(name, c.get_short_help_str()) for name, c in found if c is not None]
        )


class Root(Group):
    """The program itself: loads the module of a command when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All, in the order of the help."""
        return [name for _title, names in SECTIONS for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command. Every module of `commands` holds its command as COMMAND."""
        if cmd_name not in self.commands and cmd_name in self.list_commands(ctx):
            name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
            module = import_module(f"socius_tui.cli.commands.{name}")
            self.commands[cmd_name] = module.COMMAND
        return self.commands.get(cmd_name)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """With or without a command."""
        return [_("[COMMAND …]")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by what somebody wants to do."""
        for title, names in SECTIONS:
            self.write_commands(ctx, formatter, _(title), names)
