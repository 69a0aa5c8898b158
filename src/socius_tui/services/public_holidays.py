"""The public holidays of Belgium, from a library that keeps up with the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def public_holidays(first: date, last: date) -> Mapping[date, str]:
    """The holidays from `first` to `last`, both included, with their Dutch names."""
    from holidays import country_holidays

    known = country_holidays("BE", years=range(first.year, last.year + 1), language="nl")
    return {day: name for day, name in sorted(known.items()) if first <= day <= last}
