"""What the commands that exchange print while they do, and afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from socius_tui.cli.output import print_line, tell, tell_aside
from socius_tui.cli.patience import Patience
from socius_tui.i18n import ngettext

if TYPE_CHECKING:
    from socius_tui.services.session import Session
    from socius_tui.services.sync.exchanging import Outcome


@contextmanager
def counting() -> Iterator[Callable[[int], None]]:
    """Tells how many transactions went, once it takes long."""
    with Patience() as patience:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            patience.tell(ngettext("{n} transaction", "{n} transactions", done).format(n=done))

        yield step


def print_outcome(session: Session, outcome: Outcome, *, rehearsed: bool = False) -> None:
    """What went and came, what waits, what is wrong, and how many conflicts there are."""
    from socius_tui.services.sync.arranging import count_conflicts
    from socius_tui.services.sync.telling import conflicts_sentence, summary

    for sentence in summary(outcome, rehearsed=rehearsed):
        tell(sentence)
    for trouble in (*outcome.waiting, *outcome.troubles):
        tell(f"{trouble.name}: {trouble.sentence}")
        if trouble.hint:
            tell_aside(trouble.hint, indent=2)
    if not rehearsed and (sentence := conflicts_sentence(count_conflicts(session))):
        print_line(sentence)
