"""What was done, in a sentence that can be said again later in another language.

The journal keeps what a use case is called. A director who reads Dutch and a colleague who reads
English both want it in their own language, so it is kept as its parts: the text of the source
and what goes in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

from socius_tui.domain.dates import format_date
from socius_tui.domain.numbers import format_exact
from socius_tui.i18n import again, get_language


class Exact(NamedTuple):
    """A number in a title, as decimal text; it is written as the language does."""

    text: str


_AND: Final = "; "


class Title(str):
    """A sentence in the interface language that remembers how to be said again."""

    __slots__ = ("stored",)

    stored: Any

    def also(self, other: Title) -> Title:
        """This and something else that was done along with it."""
        parts = [*_list(self.stored), *_list(other.stored)]
        return _say(parts)


Part: TypeAlias = str | int | date | Exact | Title


def said(text: str, **values: Part) -> Title:
    """A title from a text of the source (it is marked for translation by being here)."""
    return _say({"say": text, "with": _packed(values)})


def counted(one: str, many: str, number: int, **values: Part) -> Title:
    """A title in the singular or the plural; `{count}` in it is the number."""
    return _say({"one": one, "many": many, "n": number, "with": _packed(values)})


def by_program(title: Title) -> Title:
    """The title of what the program did by itself: nobody did it, and nobody can undo it."""
    return _say({**title.stored, "program": 1})


def is_by_program(stored: str) -> bool:
    """Whether a kept title is that of something the program did by itself."""
    parts = title_from(stored).stored
    return isinstance(parts, dict) and "program" in parts


def stored_title(title: str) -> str:
    """The JSON text that the journal keeps."""
    stored = title.stored if isinstance(title, Title) else str(title)
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def title_from(stored: str) -> Title:
    """A kept title in the language of now; text that is no JSON of ours is given as it is."""
    try:
        return _say(json.loads(stored, strict=False))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        plain = Title(stored)
        plain.stored = stored
        return plain


def says(stored: str) -> str:
    """The text of the source that a kept title is made from; empty when it is not just one."""
    try:
        parts = json.loads(stored, strict=False)
    except ValueError:
        return ""
    return str(parts.get("say", "")) if isinstance(parts, dict) else ""


def _say(stored: Any) -> Title:
    title = Title(_text(stored))
    title.stored = stored
    return title


def _text(stored: Any) -> str:
    if isinstance(stored, str):
        return stored
    if isinstance(stored, list):
        return _AND.join(_text(part) for part in stored)
    values = {name: _shown(value) for name, value in stored.get("with", {}).items()}
    if "one" in stored:
        number = int(stored["n"])
        text = again(stored["one"], stored["many"], number)
        return text.format_map({"count": number, **values})
    return again(stored["say"]).format_map(values)


def _packed(values: Mapping[str, Part]) -> dict[str, Any]:
    return {name: _pack(value) for name, value in values.items()}


def _pack(value: Part) -> Any:
    if isinstance(value, Title):
        return {"title": value.stored}
    if isinstance(value, Exact):
        return {"number": value.text}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _shown(value: Any) -> str | int:
    if isinstance(value, dict):
        if "date" in value:
            return format_date(date.fromisoformat(value["date"]), get_language())
        if "number" in value:
            return format_exact(value["number"], get_language())
        return _text(value["title"])
    return value if isinstance(value, int) else str(value)


def _list(stored: Any) -> list[Any]:
    return stored if isinstance(stored, list) else [stored]
