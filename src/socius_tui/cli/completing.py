"""What can be typed here: codes and names out of the file, for the completion of the shell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from socius_tui.cli.context import State
from socius_tui.domain.text import clean, fold
from socius_tui.errors import SociusError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from socius_tui.services.resolve import Named
    from socius_tui.services.session import Session

Pairs = Sequence[tuple[str, str]]


def matching(
    completer: Callable[[State], Pairs], state: State | None, typed: str
) -> list[CompletionItem]:
    """What starts with what was typed. Without a file that can be read: nothing."""
    from click.shell_completion import CompletionItem

    try:
        pairs = completer(state or State())
    except (SociusError, OSError):
        return []
    wanted = fold(typed)
    return [
        CompletionItem(clean(text), help=clean(about, limit=60))
        for text, about in pairs
        if fold(text).startswith(wanted)
    ]


def plans(state: State) -> Pairs:
    """Codes of plans."""
    from socius_tui.services.resolve import named_plans

    return _codes(state, named_plans)


def goals(state: State) -> Pairs:
    """Codes of goals."""
    from socius_tui.services.resolve import named_goals

    return _codes(state, named_goals)


def indicators(state: State) -> Pairs:
    """Codes of indicators."""
    from socius_tui.services.resolve import named_indicators

    return _codes(state, named_indicators)


def goals_and_indicators(state: State) -> Pairs:
    """Codes of both."""
    return [*goals(state), *indicators(state)]


def organisations(state: State) -> Pairs:
    """Codes of organisations, or their names."""
    from socius_tui.services.resolve import named_organisations

    return _codes(state, named_organisations)


def work_types(state: State) -> Pairs:
    """Codes of work types."""
    from socius_tui.services.resolve import named_work_types

    return _codes(state, named_work_types)


def persons(state: State) -> Pairs:
    """Names of staff."""
    from socius_tui.services.resolve import named_persons

    return _codes(state, named_persons)


def need_tags(state: State) -> Pairs:
    """Needs that were heard before."""
    from socius_tui.services.log import need_tags as tags

    with state.session() as session:
        return [(tag, "") for tag, _count in tags(session)]


def _codes(state: State, named: Callable[[Session], list[Named]]) -> Pairs:
    with state.session() as session:
        return [(x.code, x.name) if x.code else (x.name, "") for x in named(session)]
