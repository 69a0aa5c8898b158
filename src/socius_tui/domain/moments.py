"""Moments as they are stored and counted: always in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """A moment as it is stored: UTC, milliseconds, Z."""
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def milliseconds(moment: datetime) -> int:
    """A moment as whole milliseconds since 1970."""
    return int(moment.timestamp() * 1000)
