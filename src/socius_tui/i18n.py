"""The language of the interface: English msgids, gettext catalogs for Dutch and English.

The chosen language is a module global on purpose: one process is one person at one terminal,
and worker threads must see the same language as the screen. A report in another language is
made inside `speaking`. Nothing is read at import; the
catalog is opened at the first translated sentence.

    _("Unknown goal {code}.").format(code=code)      a literal, translated now
    ngettext("{n} visit", "{n} visits", n)           singular or plural
    N_("on track")                                   marks a constant; `_(NAME)` where it is used
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["nl", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "nl"
DOMAIN: Final = "socius"

_language: Language = DEFAULT_LANGUAGE
_catalogs: dict[Language, NullTranslations] = {}
_spoken_within: ContextVar[Language | None] = ContextVar("spoken_within", default=None)


def as_language(name: str | None) -> Language | None:
    """The language that a code or a locale name stands for ("en_GB.UTF-8" is "en"), or None."""
    code = (name or "").strip().lower()
    for mark in "._-@":
        code = code.partition(mark)[0]
    return next((language for language in LANGUAGES if language == code), None)


def choose_language(
    explicit: str | None = None,
    settings: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Language:
    """The first that names a language we have: the option, the settings, the locale; else Dutch.

    Of LC_ALL, LC_MESSAGES and LANG the first that is set counts, as in POSIX; "C" and "POSIX"
    say nothing about a language.
    """
    environ = {} if environ is None else environ
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), None)
    for candidate in (explicit, settings, locale):
        language = as_language(candidate)
        if language is not None:
            return language
    return DEFAULT_LANGUAGE


def set_language(language: str) -> None:
    """Speak this language ("nl" or "en") from now on; ValueError for any other."""
    global _language
    _language = _known(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language within, in this thread alone; ValueError for one we do not have."""
    token = _spoken_within.set(_known(language))
    try:
        yield
    finally:
        _spoken_within.reset(token)


def get_language() -> Language:
    """The language that is spoken now."""
    return _spoken_within.get() or _language


def _known(language: str) -> Language:
    known = next((known for known in LANGUAGES if known == language), None)
    if known is None:
        raise ValueError(f"no catalog for language {language!r}")
    return known


def catalog_path(language: str, suffix: str = ".mo") -> Path:
    """Where the catalog of a language lies; it ships inside the package."""
    folder = Path(__file__).parent / "locale" / language / "LC_MESSAGES"
    return folder / f"{DOMAIN}{suffix}"


def _load() -> NullTranslations:
    language = get_language()
    catalog = _catalogs.get(language)
    if catalog is None:
        from gettext import GNUTranslations, NullTranslations

        try:
            with catalog_path(language).open("rb") as file:
                catalog = GNUTranslations(file)
        except FileNotFoundError:  # a checkout whose catalogs are not compiled speaks English
            catalog = NullTranslations()
        _catalogs[language] = catalog
    return catalog


def _(message: str) -> str:
    """The message in the chosen language: a literal, or a constant marked with `N_`."""
    return _load().gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """One of two messages, by the number; both have the same placeholders, `{n}` for one."""
    return _load().ngettext(singular, plural, n)


def again(one: str, many: str = "", n: int = 1) -> str:
    """A text that was translated before and kept, in the language of now; or one of two."""
    return ngettext(one, many, n) if many else _(one)


def N_(message: str) -> str:
    """Marks a constant for translation and returns it unchanged; `_(NAME)` where it is used."""
    return message
