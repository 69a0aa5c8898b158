"""How the exchange stands, in a few words beside the title: when, with whom, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from textual.content import Content

from socius_tui.domain.dates import echo_date
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.moments import local_moment
from socius_tui.services.sync.arranging import Standing
from socius_tui.services.sync.telling import listed
from socius_tui.ui import format as show
from socius_tui.ui import text

if TYPE_CHECKING:
    from socius_tui.ui.desk import Seen

SIGN: Final = "⇅"
_NAMES: Final = 2  # more people are counted
_WEEK: Final = 7


def standing_line(seen: Seen | None, count: int | None, *, failed: bool) -> tuple[Content, ...]:
    """The same in several lengths, the longest first; nothing where there is nothing to say.

    `count` is how many transactions went in an exchange that runs.
    """
    if count is not None:
        sign = text.styled(f"{SIGN} {count}", text.KEY)
        return (text.spaced((sign, text.dim(_("exchanging …")))), sign)
    if seen is None:
        return ()
    conflicts = seen.standing.conflicts
    if seen.standing.arranged is None:
        return tuple(_conflicts(conflicts))
    return tuple(_arranged(seen.standing, seen.now, failed=failed))


def _arranged(found: Standing, now: datetime, *, failed: bool) -> Iterator[Content]:
    place = found.arranged
    done = local_moment(place.done_at) if place is not None and place.done_at else None
    when = _when(done, now) if done is not None else _("not yet")
    waits = ngettext("{n} to send", "{n} to send", found.to_send).format(n=found.to_send)
    sent = text.dim(waits) if found.to_send else text.NOTHING
    whole, short = (*_conflicts(found.conflicts), text.NOTHING, text.NOTHING)[:2]
    sign = text.styled(f"{SIGN}×" if failed else SIGN, "$status-off-track" if failed else text.DIM)
    if failed:
        began = text.styled(_("the exchange failed"), "$status-off-track")
        yield _row(text.spaced((began, text.dim(_("last {day}").format(day=when)))), sent, whole)
    elif done is not None:
        exchanged = _("exchanged {moment}").format(moment=when)
        if who := _with(found):
            yield _row(text.dim(f"{exchanged} {who}"), sent, whole)
        yield _row(text.dim(exchanged), sent, whole)
    marked = text.join(sign, text.dim(f" {when}"))
    yield _row(marked, sent, whole)
    yield _row(marked, sent, short)
    number = text.dim(str(found.to_send)) if found.to_send else text.NOTHING
    yield _row(text.join(sign, " ", number) if number else sign, short)
    yield _row(sign, short) if short else sign


def _row(*parts: Content) -> Content:
    return text.spaced(parts, " · ")


def _conflicts(count: int) -> Iterable[Content]:
    """With the key that shows them; in words, and without."""
    if not count:
        return ()
    words = ngettext("{n} conflict", "{n} conflicts", count).format(n=count)
    key = text.styled("!", text.KEY)
    return (
        text.join(key, text.styled(f" {words}", "$status-attention")),
        text.join(key, text.styled(f" {count}", "$status-attention")),
    )


def _when(done: datetime, now: datetime) -> str:
    """The time, of another day in this week with its weekday, else the day."""
    here = now.astimezone(done.tzinfo)
    days = (here.date() - done.date()).days
    if days == 0:
        return f"{done:%H:%M}"
    if 0 < days < _WEEK:
        weekday = echo_date(done.date(), get_language()).partition(" ")[0]
        return f"{weekday} {done:%H:%M}"
    return show.day(done.date())


def _with(found: Standing) -> str:
    """The people at the other laptops, or how many laptops there are."""
    if not found.peers:
        return ""
    names = list(dict.fromkeys(p.profile.person for p in found.peers if p.profile is not None))
    if all(names) and 0 < len(names) <= _NAMES:
        return _("with {people}").format(people=listed(names))
    many = len(found.peers)
    return ngettext("with {n} laptop", "with {n} laptops", many).format(n=many)
