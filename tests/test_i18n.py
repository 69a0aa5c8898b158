"""Choosing a language and speaking it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from socius_tui import i18n
from socius_tui.i18n import N_, _, as_language, choose_language, ngettext, set_language


@pytest.fixture(autouse=True)
def _language_of_before() -> Iterator[None]:
    before = i18n.get_language()
    yield
    set_language(before)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("nl", "nl"),
        ("nl_BE.UTF-8", "nl"),
        ("NL-be", "nl"),
        ("nl_BE@euro", "nl"),
        ("en", "en"),
        ("en_GB.UTF-8", "en"),
        ("en-US", "en"),
        ("fr_BE.UTF-8", None),
        ("nlx", None),
        ("C", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("", None),
        (None, None),
    ],
)
def test_names_of_languages(name: str | None, language: str | None) -> None:
    assert as_language(name) == language


@pytest.mark.parametrize(
    ("explicit", "settings", "environ", "language"),
    [
        (None, None, {}, "nl"),
        (None, None, {"LANG": ""}, "nl"),
        (None, None, {"LANG": "C"}, "nl"),
        (None, None, {"LANG": "POSIX"}, "nl"),
        (None, None, {"LANG": "fr_BE.UTF-8"}, "nl"),
        (None, None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_BE.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "nl_BE", "LANG": "nl_BE"}, "en"),
        (None, None, {"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
        (None, "en", {"LANG": "nl_BE.UTF-8"}, "en"),
        (None, "klingon", {"LANG": "en_GB.UTF-8"}, "en"),
        ("nl", "en", {"LANG": "en_GB.UTF-8"}, "nl"),
        ("en", "nl", {"LANG": "nl_BE.UTF-8"}, "en"),
    ],
)
def test_the_choice(
    explicit: str | None, settings: str | None, environ: dict[str, str], language: str
) -> None:
    assert choose_language(explicit, settings, environ) == language


def test_both_languages_are_spoken() -> None:
    set_language("nl")
    assert i18n.get_language() == "nl"
    assert _("A number is needed.") == "Er moet een getal staan."
    set_language("en")
    assert i18n.get_language() == "en"
    assert _("A number is needed.") == "A number is needed."


def test_an_unknown_language_changes_nothing() -> None:
    set_language("en")
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")
    assert i18n.get_language() == "en"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_not_in_a_catalog_stays_english(language: str) -> None:
    set_language(language)
    assert _("Nobody wrote this sentence.") == "Nobody wrote this sentence."
    assert _("") == ""  # the header of a catalog is no sentence
    assert N_("A number is needed.") == "A number is needed."
    assert ngettext("{n} stone", "{n} stones", 1).format(n=1) == "1 stone"
    assert ngettext("{n} stone", "{n} stones", 0).format(n=0) == "0 stones"
