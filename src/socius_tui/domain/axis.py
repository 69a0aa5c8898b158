"""Round numbers for an axis: where its marks stand, and how far it reaches."""

from __future__ import annotations

from fractions import Fraction

_STEPS = (1, 2, 5)
_ZERO = Fraction(0)


def nice_step(span: Fraction, most: int) -> Fraction:
    """The smallest of 1, 2 or 5 times a power of ten that cuts `span` in at most `most` parts.

    `span` is above 0 and `most` at least 1. 28 in 5 parts: 10. 136 in 7 parts: 20.
    """
    power = _power_below(span / most)
    for factor in (*_STEPS, 10):
        if span <= power * factor * most:
            return power * factor
    raise AssertionError("ten times the power below is always enough")


def marks(low: Fraction, high: Fraction, most: int) -> tuple[Fraction, ...]:
    """Multiples of a nice step from below `low` to above `high`, lowest first.

    Two at least, and `most` + 1 at most (`most` is at least 2). Where `low` is `high` the axis is
    one long. 0 to 28 with 4: 0, 10, 20, 30.
    """
    if high <= low:
        high = low + 1
    step = nice_step(high - low, most)
    while True:
        first, last = low // step, -((-high) // step)
        if last - first <= most:
            return tuple(step * n for n in range(first, last + 1))
        step = nice_step(step * most * Fraction(3, 2), most)  # the next one up


def _power_below(size: Fraction) -> Fraction:
    """The largest power of ten that is not above `size`."""
    digits = len(str(size.numerator)) - len(str(size.denominator))
    power = Fraction(10) ** digits
    return power if power <= size else power / 10
