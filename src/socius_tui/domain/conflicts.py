"""What laptops disagree about, as it is shown to the person who decides."""

from __future__ import annotations

from typing import NamedTuple


class Side(NamedTuple):
    """One of two words about a thing: what it is, who wrote it, when, and on which laptop."""

    value: str
    who: str
    moment: str
    computer: str


class Conflict(NamedTuple):
    """Something that waits for a person.

    `id` is that of the decision once there is one, `rule` and `subject` what it is made of.
    `what` is the thing in words, `field` the column ("" where it is about all of it). `stands`
    is what counts now, `other` what else was written; both None where it is about how things
    are. `sentence` says what happened, `advice` what can be done about it; `choices` are those
    of "kept" (leave it as it is) and "other" (take what else was written). `topic` is the table
    and key of the row that it is about.
    """

    id: str
    rule: str
    subject: str
    what: str
    field: str
    sentence: str
    advice: str
    choices: tuple[str, ...]
    topic: tuple[str, str]
    stands: Side | None = None
    other: Side | None = None
