"""Keeps the translations in step with the source.

    python -m tools.catalogs update     collect the strings, merge them into the .po files
    python -m tools.catalogs check      say what is missing or out of date; exit code 1 if so
    python -m tools.catalogs compile    only write the .mo files from the .po files

To translate: run `update`, which lists what has no Dutch yet; write it behind `msgstr` in
src/socius_tui/locale/nl/LC_MESSAGES/socius.po; run `update` again. English translates itself.
A string that leaves the source stays at the end of the file (`#~`) and comes back to life with
the string; `update --prune` removes it. Files hold no dates, names or line numbers, so a
change shows only what changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "socius_tui"
LOCALES: Final = PACKAGE / "locale"
TEMPLATE: Final = LOCALES / "socius.pot"
LANGUAGES: Final = ("nl", "en")
KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "said": None,
    "counted": (1, 2),
}
WIDTH: Final = 96

Key = tuple[str, ...]


class StableCatalog(Catalog):
    """A catalog whose header says only what a reader of the file needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language, plural rule and encoding; no dates, no versions, no people."""
        headers = [("Project-Id-Version", "socius-tui")]
        if self.locale is not None:
            headers += [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)]
        return [
            *headers,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """What a file says of itself is not taken over."""


def key_of(message: Message) -> Key:
    """What a message is looked up by: its text, or both texts of a plural."""
    return forms_of(message.id)


def forms_of(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a text: one, or those of a plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalog if message.id)


def extract(package: Path = PACKAGE) -> Catalog:
    """Every string of the package that is marked for translation, with the files it is in."""
    template = StableCatalog(charset="utf-8")
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package).as_posix()
        for _line, text, comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            template.add(text, locations=[(place, 0)], auto_comments=comments)
    return template


def po_path(language: str) -> Path:
    """The translations of a language, written by hand."""
    return LOCALES / language / "LC_MESSAGES" / "socius.po"


def read(language: str) -> Catalog:
    """The translations that are there; an empty catalog when there is no file yet."""
    path = po_path(language)
    if not path.exists():
        return new_catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def new_catalog(language: str) -> Catalog:
    """An empty catalog with the plural rule of the language."""
    return StableCatalog(locale=language, charset="utf-8")


def merge(template: Catalog, old: Catalog, language: str, *, prune: bool = False) -> Catalog:
    """The strings of the template with the translations of `old`; English translates itself."""
    known = {key_of(message): message for message in old.obsolete.values()}
    known |= {key_of(message): message for message in messages_of(old)}
    merged = new_catalog(language)
    for message in messages_of(template):
        found = known.pop(key_of(message), None)
        string = forms_of(found.string if found else None)
        if language == "en":
            string = forms_of(message.id)
        merged.add(
            message.id,
            (string or ("", "")) if message.pluralizable else "".join(string),
            locations=message.locations,
            flags=message.flags | ({"fuzzy"} if found and found.fuzzy else set()),
            auto_comments=message.auto_comments,
            user_comments=found.user_comments if found else (),
        )
    if not prune and language != "en":
        for key, message in known.items():
            if translated(message):
                merged.obsolete[key[0] if len(key) == 1 else (key[0], key[1])] = message
    return merged


def translated(message: Message) -> bool:
    """Whether every form of the message has a translation."""
    forms = forms_of(message.string)
    return bool(forms) and all(forms)


def po_bytes(catalog: Catalog) -> bytes:
    """The catalog as a .po file, the same for the same strings."""
    buffer = BytesIO()
    catalog.header_comment = (
        "# Strings of socius-tui. Made by `python -m tools.catalogs update`;"
        " write the translations by hand."
    )
    catalog.fuzzy = False
    write_po(buffer, catalog, width=WIDTH, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalog as a .mo file, the same for the same translations."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def compiled(language: str) -> bytes:
    """What the .mo file of a language has to hold by its .po file."""
    old = read(language)
    catalog = new_catalog(language)
    for message in messages_of(old):
        catalog.add(message.id, message.string, flags=message.flags)
    return mo_bytes(catalog)


def fields(text: str) -> set[str] | None:
    """The names of the placeholders, or None if the text is no format string."""
    try:
        return {name for _text, name, _spec, _conv in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def wrong_placeholders(message: Message) -> bool:
    """Whether a translation would lose, invent or break a placeholder."""
    if not translated(message):
        return False
    wanted = [fields(text) for text in forms_of(message.id)]
    given = [fields(text) for text in forms_of(message.string)]
    if not message.pluralizable:
        return given != wanted
    known = set().union(*(each or () for each in wanted))
    # The form for one may leave the number out ("één bezoek").
    return given[-1] != wanted[-1] or not all(each is not None and each <= known for each in given)


def problems() -> list[str]:
    """All that is wrong with the catalogs, a line each; an empty list when they are in order."""
    found = []
    template = extract()
    wanted = {key_of(message) for message in messages_of(template)}
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != po_bytes(template):
        found.append(f"{TEMPLATE.name}: out of date, run update")
    for language in LANGUAGES:
        catalog = read(language)
        name = f"{language}/{po_path(language).name}"
        present = {key_of(message): message for message in messages_of(catalog)}
        found += [f"{name}: missing {key!r}" for key in sorted(wanted - set(present), key=str)]
        found += [f"{name}: not in the source {key!r}" for key in set(present) - wanted]
        found += [f"{name}: obsolete {key!r}" for key in catalog.obsolete]
        for key, message in present.items():
            if not translated(message):
                found.append(f"{name}: untranslated {key!r}")
            if message.fuzzy:
                found.append(f"{name}: fuzzy {key!r}")
            if wrong_placeholders(message):
                found.append(f"{name}: other placeholders in {key!r}: {message.string!r}")
        mo = po_path(language).with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(language):
            found.append(f"{language}/{mo.name}: not compiled from the .po file, run compile")
    return found


def update(*, prune: bool) -> None:
    """Write the template, the .po and the .mo files, and list what has no Dutch yet."""
    template = extract()
    write(TEMPLATE, po_bytes(template))
    for language in LANGUAGES:
        merged = merge(template, read(language), language, prune=prune)
        write(po_path(language), po_bytes(merged))
        missing = [message for message in messages_of(merged) if not translated(message)]
        print(f"{language}: {len(list(messages_of(merged)))} strings, {len(missing)} to translate")
        for message in missing:
            print(f"  {message.id!r}")
    compile_all()


def compile_all() -> None:
    """Write the .mo files."""
    for language in LANGUAGES:
        write(po_path(language).with_suffix(".mo"), compiled(language))


def write(path: Path, content: bytes) -> None:
    """Write a file if its content differs, so that nothing is touched needlessly."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def main() -> int:
    """The command line; the exit code is 1 when `check` finds something."""
    parser = argparse.ArgumentParser(description="Keeps the translations in step with the source.")
    parser.add_argument("command", choices=("update", "check", "compile"))
    parser.add_argument("--prune", action="store_true", help="drop what left the source")
    given = parser.parse_args()
    if given.command == "update":
        update(prune=given.prune)
    elif given.command == "compile":
        compile_all()
    else:
        found = problems()
        print("\n".join(found) or "The translations are complete.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
