"""The catalogs are complete, say the same as the source, and are compiled."""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from socius_tui.i18n import LANGUAGES, catalog_path
from tools import catalogs


def test_the_catalogs_are_complete() -> None:
    found = catalogs.problems()
    assert not found, "\n".join(["run `make catalogs`, then translate:", *found])


def test_the_program_reads_what_the_tool_writes() -> None:
    assert catalogs.LANGUAGES == LANGUAGES
    for language in LANGUAGES:
        assert catalog_path(language, ".po") == catalogs.po_path(language)


def catalog(*messages: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Catalog:
    made = catalogs.new_catalog("nl")
    for text, translation in messages:
        made.add(text, translation)
    return made


def only(made: Catalog) -> Message:
    [message] = catalogs.messages_of(made)
    return message


@pytest.mark.parametrize(
    ("text", "translation", "wrong"),
    [
        ("{n} goals", "{n} doelen", False),
        ("{n} of {m}", "{m} en {n}", False),
        ("No goals", "Geen doelen", False),
        ("100 %", "100%", False),
        ("{n} goals", "", False),  # that is untranslated, not wrong
        ("{n} goals", "{m} doelen", True),
        ("{n} goals", "doelen", True),
        ("goals", "{n} doelen", True),
        ("{n} goals", "{n doelen", True),
        (("{n} goal", "{n} goals"), ("{n} doel", "{n} doelen"), False),
        (("{n} goal", "{n} goals"), ("één doel", "{n} doelen"), False),
        (("{n} goal", "{n} goals"), ("{n} doel", "doelen"), True),
        (("{n} goal", "{n} goals"), ("{m} doel", "{n} doelen"), True),
    ],
)
def test_placeholders_are_compared(
    text: str | tuple[str, str], translation: str | tuple[str, str], wrong: bool
) -> None:
    assert catalogs.wrong_placeholders(only(catalog((text, translation)))) is wrong


def test_every_way_to_mark_a_string_is_found(tmp_path: Path) -> None:
    source = tmp_path / "deep" / "part.py"
    source.parent.mkdir()
    source.write_text(
        'A = N_("constant")\n'
        "def f(n):\n"
        '    g(_("plain {n}").format(n=n), _(\n        "in two "\n        "parts"\n    ))\n'
        '    return ngettext("{n} visit", "{n} visits", n), other("no")\n'
    )
    found = {catalogs.key_of(m) for m in catalogs.messages_of(catalogs.extract(tmp_path))}
    assert found == {
        ("constant",),
        ("plain {n}",),
        ("in two parts",),
        ("{n} visit", "{n} visits"),
    }


def test_merging_keeps_translations_and_what_left_the_source() -> None:
    old = catalog(("stays", "blijft"), ("leaves", "vertrekt"))
    template = catalogs.StableCatalog()
    template.add("stays")
    template.add("new")
    template.add(("{n} a", "{n} b"))
    merged = catalogs.merge(template, old, "nl")
    strings = {m.id: m.string for m in catalogs.messages_of(merged)}
    assert strings == {"stays": "blijft", "new": "", ("{n} a", "{n} b"): ("", "")}
    assert list(merged.obsolete) == ["leaves"]
    assert not catalogs.merge(template, old, "nl", prune=True).obsolete
    template.add("leaves")
    back = {m.id: m.string for m in catalogs.messages_of(catalogs.merge(template, merged, "nl"))}
    assert back["leaves"] == "vertrekt"
    english = {m.id: m.string for m in catalogs.messages_of(catalogs.merge(template, old, "en"))}
    assert english["new"] == "new"
    assert english[("{n} a", "{n} b")] == ("{n} a", "{n} b")


def test_files_are_the_same_each_time_and_tell_nothing() -> None:
    made = catalog(("b", "bé"), (("{n} a", "{n} as"), ("{n} aa", "{n} ab")))
    again = catalog((("{n} a", "{n} as"), ("{n} aa", "{n} ab")), ("b", "bé"))
    assert catalogs.po_bytes(made) == catalogs.po_bytes(again)
    assert catalogs.mo_bytes(made) == catalogs.mo_bytes(again)
    for secret in (b"20", b"Date", b"Generated", b"EMAIL", b"/home"):
        assert secret not in catalogs.po_bytes(made)
    spoken = GNUTranslations(BytesIO(catalogs.mo_bytes(made)))
    assert spoken.gettext("b") == "bé"
    assert spoken.ngettext("{n} a", "{n} as", 1) == "{n} aa"
    assert spoken.ngettext("{n} a", "{n} as", 2) == "{n} ab"


def test_a_check_sees_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of fault, made on purpose in a copy of the catalogs."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "part.py").write_text('_("one {n}"); _("two")\n')
    monkeypatch.setattr(catalogs, "LOCALES", tmp_path / "locale")
    monkeypatch.setattr(catalogs, "TEMPLATE", tmp_path / "locale" / "socius.pot")
    extract = catalogs.extract
    monkeypatch.setattr(catalogs, "extract", lambda: extract(package))

    catalogs.update(prune=False)
    assert catalogs.problems() == [
        "nl/socius.po: untranslated ('one {n}',)",
        "nl/socius.po: untranslated ('two',)",
    ]
    dutch = catalogs.po_path("nl")

    def translate(text: str, translation: str) -> None:
        before = dutch.read_text()
        wanted = f'msgid "{text}"\nmsgstr ""'
        assert wanted in before
        dutch.write_text(before.replace(wanted, f'msgid "{text}"\nmsgstr "{translation}"'))

    translate("one {n}", "een {n}")
    translate("two", "twee")
    assert catalogs.problems() == ["nl/socius.mo: not compiled from the .po file, run compile"]
    catalogs.compile_all()
    assert catalogs.problems() == []

    dutch.write_text(dutch.read_text().replace("een {n}", "een {m}"))
    catalogs.compile_all()
    assert "placeholders" in " ".join(catalogs.problems())
    dutch.write_text(
        dutch.read_text().replace("een {m}", "een {n}").replace("#: ", "#, fuzzy\n#: ")
    )
    assert "nl/socius.po: fuzzy ('two',)" in catalogs.problems()

    (package / "part.py").write_text('_("one {n}"); _("three")\n')
    found = catalogs.problems()
    assert "socius.pot: out of date, run update" in found
    assert "nl/socius.po: missing ('three',)" in found
    assert "nl/socius.po: not in the source ('two',)" in found
    catalogs.update(prune=False)
    assert "nl/socius.po: obsolete 'two'" in catalogs.problems()
    catalogs.update(prune=True)
    assert not [line for line in catalogs.problems() if "obsolete" in line]
