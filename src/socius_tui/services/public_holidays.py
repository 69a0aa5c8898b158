"""The public holidays of Belgium, from a library that keeps up with the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def public_holidays(first: date, last: date, language: str = "nl") -> Mapping[date, str]:
    """The holidays from `first` to `last`, both included, with their names."""
    from holidays.countries import Belgium

    known = Belgium(years=range(first.year, last.year + 1), language=_NAMES_IN[language])
    return {day: name for day, name in sorted(known.items()) if first <= day <= last}


_NAMES_IN = {"nl": "nl", "en": "en_US"}
