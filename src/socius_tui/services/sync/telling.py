"""Says in sentences what an exchange did, for the terminal and for the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from socius_tui.domain.exchanged import Peer
from socius_tui.i18n import _, ngettext
from socius_tui.store import people as staff

if TYPE_CHECKING:
    from socius_tui.services.sync.arranging import Standing
    from socius_tui.services.sync.exchanging import Outcome
    from socius_tui.store.driver import Connection

#: What people call what came in, by table; the rest belongs to one of these.
_THINGS: Final[Mapping[str, Callable[[int], str]]] = {
    "visit": lambda n: ngettext("{n} visit", "{n} visits", n),
    "measurement": lambda n: ngettext("{n} measurement", "{n} measurements", n),
    "follow_up": lambda n: ngettext("{n} promise", "{n} promises", n),
    "narrative": lambda n: ngettext("{n} story", "{n} stories", n),
    "organisation": lambda n: ngettext("{n} organisation", "{n} organisations", n),
    "target": lambda n: ngettext("{n} target", "{n} targets", n),
}


def by_name(connection: Connection, people: Mapping[str, int]) -> dict[str, int]:
    """How many transactions came in from whom: by name instead of by person."""
    named: dict[str, int] = {}
    for actor, count in people.items():
        name = staff.name_of(connection, actor) or _("somebody")
        named[name] = named.get(name, 0) + count
    return named


def summary(outcome: Outcome, *, rehearsed: bool = False) -> Iterator[str]:
    """A few sentences: what went, what came and from whom."""
    yield sent_sentence(outcome.sent, rehearsed=rehearsed)
    yield came_sentence(outcome.taken, outcome.added, outcome.people, rehearsed=rehearsed)
    if outcome.renamed:
        yield _("This file was older than what it had sent; it goes on under a name of its own.")


def sent_sentence(sent: int, *, rehearsed: bool = False) -> str:
    """What went."""
    if not sent:
        return _("There was nothing to send.") if not rehearsed else _("There is nothing to send.")
    text = (
        ngettext("{n} transaction would go.", "{n} transactions would go.", sent)
        if rehearsed
        else ngettext("{n} transaction sent.", "{n} transactions sent.", sent)
    )
    return text.format(n=sent)


def came_sentence(
    taken: int,
    added: Mapping[str, int],
    people: Mapping[str, int],
    *,
    rehearsed: bool = False,
) -> str:
    """What came, and from whom: "12 visits and 3 measurements came in, from An and Jan"."""
    if not taken:
        return _("Nothing new came in.") if not rehearsed else _("Nothing new is there.")
    things = [
        words(added[kind]).format(n=added[kind])
        for kind, words in _THINGS.items()
        if added.get(kind)
    ]
    what = listed(things) or ngettext("{n} transaction", "{n} transactions", taken).format(n=taken)
    by = listed([name for name, _count in sorted(people.items(), key=lambda item: -item[1])])
    if rehearsed:
        return _("{what} would come in, from {people}.").format(what=what, people=by)
    return _("{what} came in, from {people}.").format(what=what, people=by)


def listed(words: list[str]) -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def conflicts_sentence(count: int) -> str:
    """How many conflicts wait; nothing where there are none."""
    if not count:
        return ""
    return ngettext(
        "{n} conflict waits for a decision: `socius conflicts`.",
        "{n} conflicts wait for a decision: `socius conflicts`.",
        count,
    ).format(n=count)


def standing_facts(found: Standing) -> Iterator[tuple[str, str]]:
    """Where, when the last time was, what waits, and with whom: labels and values."""
    from socius_tui.services.undo_words import moment_word

    place = found.arranged
    if place is None:
        yield _("Exchange"), _("not arranged; `socius sync --folder FOLDER` begins it")
        return
    yield _("Through"), place.address
    yield _("Last time"), moment_word(place.done_at) if place.done_at else _("never")
    yield _("By itself"), _("at the start and at the end") if place.automatic else _("no")
    yield (
        _("To send"),
        ngettext("{n} transaction", "{n} transactions", found.to_send).format(n=found.to_send),
    )
    if place.outcome:
        came = came_sentence(
            int(place.outcome.get("taken", 0)),
            dict(place.outcome.get("added", {})),
            dict(place.outcome.get("people", {})),
        )
        yield _("Came in last"), came
    yield _("With"), "\n".join(map(_peer, found.peers)) or _("nobody yet")
    if found.conflicts:
        yield _("Conflicts"), str(found.conflicts)


def _peer(peer: Peer) -> str:
    from socius_tui.services.undo_words import moment_word

    said = peer.profile
    if said is None:
        return peer.replica
    return _("{computer}: {person}, last there {moment}, program {program}").format(
        computer=said.computer or peer.replica,
        person=said.person or _("somebody"),
        moment=moment_word(said.said_at),
        program=said.program,
    )
