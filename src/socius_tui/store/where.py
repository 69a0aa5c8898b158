"""Conditions of a query, only those that are asked for, so that SQLite can use an index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


class Where:
    """Collects conditions with their value; what is None is not asked for."""

    def __init__(self, *always: str) -> None:
        self._conditions = list(always)
        self.values: list[str | int] = []

    def add(self, condition: str, value: str | int | date | None) -> Where:
        """One condition with one `?`; a date is compared as it is stored."""
        if value is not None:
            self._conditions.append(condition)
            self.values.append(value.isoformat() if isinstance(value, date) else value)
        return self

    def add_all(self, condition: str, values: Iterable[str | int]) -> Where:
        """One condition with as many `?` as there are values."""
        self._conditions.append(condition)
        self.values += values
        return self

    def __str__(self) -> str:
        return " AND ".join(self._conditions)
