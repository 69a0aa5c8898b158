"""The settings of the person at this computer: a small TOML file that the program never writes.

    language = "nl"            # or "en"
    person = "An Peeters"      # who is at the keyboard
    theme = "socius-light"     # of the screens
    density = "compact"        # or "comfortable"
    start = "overview"         # the screen to begin with
    [keymap]                   # key of a command, by its id
    visits.mine = "M"

A file that cannot be used is left alone: the defaults count, and `warnings` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.i18n import LANGUAGES, N_, _
from socius_tui.paths import settings_path

DENSITIES: Final = ("comfortable", "compact")
MAX_BYTES: Final = 65_536  # a settings file is a few lines; anything larger is something else

_TEXTS: Final = ("language", "person", "theme", "density", "start")
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "language": LANGUAGES,
    "density": DENSITIES,
    "start": ("overview", "goals", "visits", "organisations", "agenda", "report", "history"),
}
_UNREADABLE: Final = N_("The settings in {path} cannot be read ({reason}); the defaults are used.")
_UNKNOWN: Final = N_("{path}: there is no setting “{name}”; it is left out.")
_WRONG: Final = N_("{path}: “{name}” is not right; its default is used.")


class Settings(NamedTuple):
    """What the file says, or the defaults; an empty text is "not set".

    `problems` are sentences to be translated when they are shown, with their placeholders.
    """

    language: str = ""
    person: str = ""
    theme: str = ""
    density: str = ""
    start: str = ""
    keymap: Mapping[str, str] = MappingProxyType({})
    problems: tuple[tuple[str, Mapping[str, str]], ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the file, as sentences in the interface language."""
        return tuple(_(sentence).format(**values) for sentence, values in self.problems)


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings. Never raises and never writes: what is wrong becomes a problem."""
    path = path or settings_path()
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        return _unreadable(path, getattr(error, "strerror", None) or str(error))
    if len(content) > MAX_BYTES:
        return _unreadable(path, f"> {MAX_BYTES // 1024} kB")
    import tomllib

    try:
        found = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return _unreadable(path, str(error))
    return _checked(path, found)


def _checked(path: Path, found: Mapping[str, object]) -> Settings:
    texts = dict.fromkeys(_TEXTS, "")
    keymap: dict[str, str] = {}
    problems: list[tuple[str, Mapping[str, str]]] = []
    for name, value in found.items():
        place = {"path": clean(str(path)), "name": clean(name, limit=40)}
        if name == "keymap" and isinstance(value, dict):
            for command, key in _flat(value):
                if isinstance(key, str):
                    keymap[command] = key
                else:
                    wrong = {**place, "name": clean(f"keymap.{command}", limit=60)}
                    problems.append((_WRONG, wrong))
        elif name in texts:
            if isinstance(value, str) and (name not in _WORDS or value in _WORDS[name]):
                texts[name] = value
            else:
                problems.append((_WRONG, place))
        else:
            problems.append((_WRONG if name == "keymap" else _UNKNOWN, place))
    return Settings(**texts, keymap=keymap, problems=tuple(problems))


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    """Dotted names of nested tables: TOML reads `visit.new = "n"` as a table in a table."""
    pairs: list[tuple[str, object]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            pairs.append((prefix + name, value))
    return pairs


def _unreadable(path: Path, reason: str) -> Settings:
    values = {"path": clean(str(path)), "reason": clean(reason, limit=200)}
    return Settings(problems=((_UNREADABLE, values),))
