"""Moments as they are stored and counted: always in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def moment_text(moment: datetime) -> str:
    """A moment as it is stored: UTC, milliseconds, Z."""
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def milliseconds(moment: datetime) -> int:
    """A moment as whole milliseconds since 1970."""
    return (moment - _EPOCH) // _MILLISECOND  # as a float it would sometimes be one too few


def from_milliseconds(count: int) -> datetime:
    """The moment (UTC) of so many milliseconds since 1970."""
    return _EPOCH + count * _MILLISECOND


def moment_from(text: str) -> datetime:
    """A stored moment again. Raises ValueError when it is none."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
