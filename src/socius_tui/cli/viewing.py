"""A saved view on the command line: what it holds, for the lists that take --view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from socius_tui.cli.context import State
from socius_tui.cli.parts import option
from socius_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socius_tui.services.session import Session


def _names(state: State) -> Sequence[tuple[str, str]]:
    from socius_tui.services.view_filters import all_views, screen_word

    with state.session() as session:
        state.be_someone_if_known(session)
        found = all_views(session)
    return [(each.view.name, screen_word(each.view.screen)) for each in found]


view_names = _names
view_option = option(
    "--view",
    metavar="NAME",
    help=N_("Begin with a saved view (`socius view list`); other options come on top."),
    completer=_names,
)


def view_values(state: State, session: Session, name: str | None, screen: str) -> dict[str, Any]:
    """What a saved view holds back, by field of the filter; nothing without a name.

    What it can no longer hold is said on stderr. Raises NotFound, Ambiguous.
    """
    if name is None:
        return {}
    from socius_tui.cli.output import tell_aside
    from socius_tui.services.view_filters import find_view

    state.be_someone_if_known(session)
    found = find_view(session, name, screen)
    for problem in found.problems:
        tell_aside(f"{found.view.name}: {problem}")
    return dict(found.values)
