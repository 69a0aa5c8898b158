"""Moments where the user is: the file keeps them in UTC."""

from __future__ import annotations

from datetime import date, datetime, time

from socius_tui.domain.moments import moment_text


def local_moment(stored: str) -> datetime | None:
    """A stored moment on the clock of the user; None when it is no moment."""
    try:
        return datetime.fromisoformat(stored).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def local_from_ms(unix_ms: int) -> datetime | None:
    """A moment in milliseconds since 1970 on the clock of the user; None when it is none."""
    try:
        return datetime.fromtimestamp(unix_ms / 1000).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def start_of(day: date) -> str:
    """The moment at which a day begins where the user is, as it is stored."""
    return moment_text(datetime.combine(day, time.min).astimezone())
