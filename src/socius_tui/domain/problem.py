"""What is wrong with something typed, in a sentence for the person who typed it."""

from __future__ import annotations


class InputProblem(ValueError):
    """Typed text that cannot be taken as it is.

    `rule` is a stable name for machines and reports ("number.ambiguous"); `message` is a whole
    sentence and `hint` says what to write instead, both in the interface language.
    """

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint
