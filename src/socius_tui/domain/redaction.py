"""Takes what identifies a person out of any text, wherever it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

#: Stands where something was erased; the same in every language, as it stays in the file.
ERASED: Final = "[…]"
#: What is shorter than this is not looked for in texts: it would hit words.
LEAST: Final = 3


class Redactor:
    """Finds and replaces names, e-mail addresses and telephone numbers as whole words.

    Case does not matter, nor how an accent is composed or how wide the spaces are. An empty
    collection of words finds nothing.
    """

    def __init__(self, words: Iterable[str]) -> None:
        usable = {_composed(word).strip() for word in words}
        longest_first = sorted((w for w in usable if len(w) >= LEAST), key=len, reverse=True)
        self.words = tuple(longest_first)
        choices = (r"\s+".join(re.escape(part) for part in w.split()) for w in longest_first)
        pattern = "|".join(choices)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I) if pattern else None

    def finds(self, text: str) -> bool:
        """Whether there is something to take out."""
        return self._pattern is not None and bool(self._pattern.search(_composed(text)))

    def is_whole(self, text: str) -> bool:
        """Whether the text is nothing but one of the words."""
        found = self._pattern and self._pattern.fullmatch(_composed(text).strip())
        return found is not None

    def clean(self, text: str) -> str:
        """The text without it; exactly the same text where nothing was found."""
        if self._pattern is None:
            return text
        cleaned, count = self._pattern.subn(ERASED, _composed(text))
        return cleaned if count else text

    def clean_all(self, value: Any) -> Any:
        """The same in everything that JSON can hold, but for the names of its fields."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, list):
            return [self.clean_all(each) for each in value]
        if isinstance(value, dict):
            return {name: self.clean_all(each) for name, each in value.items()}
        return value


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
