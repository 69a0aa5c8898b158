"""The table of saved views, for the terminal and for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.view_filters import Found, screen_word


def views_table(found: Sequence[Found]) -> Table:
    """A view a row; `holds` is what it holds back as it is stored, in JSON."""
    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.view.id, seen=False),
            Column("name", N_("View"), "text", lambda x: x.view.name, flow="wrap"),
            Column(
                "screen",
                N_("Screen"),
                "code",
                lambda x: x.view.screen,
                lambda x: screen_word(x.view.screen),
            ),
            Column("shows", N_("Shows"), "text", shows, flow="wrap"),
            Column("person", N_("For"), "text", lambda x: x.view.person, whose),
            Column("holds", N_("Holds"), "text", lambda x: x.view.filters, seen=False),
        ),
        found,
    )


def shows(found: Found) -> str:
    """What a view holds back, in words."""
    return " · ".join(found.words) or _("everything")


def whose(found: Found) -> str:
    """Whose it is."""
    return found.view.person or _("everybody")
