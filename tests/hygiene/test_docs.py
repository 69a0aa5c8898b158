"""The documentation is true: commands run, links lead somewhere, generated pages are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import click
import pytest

from socius_tui.cli.context import GLOBAL_OPTIONS
from socius_tui.cli.root import ROOT as COMMANDS
from socius_tui.cli.run import run
from socius_tui.i18n import get_language, set_language
from socius_tui.store import driver
from socius_tui.store.schema import new_database
from tests.hygiene.sources import ROOT, project_files
from tools import keys, readme, schema_doc, screenshots

DOCS: Final = ROOT / "docs"
PAGES: Final = tuple(path for path in project_files() if path.suffix == ".md")
PICTURES: Final = tuple(
    f"{shot.name}-{theme}.svg" for shot in screenshots.SHOTS for theme in shot.themes
)
LINK: Final = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
CODE: Final = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = get_language()
    yield
    set_language(before)


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---- the README


def test_the_readme_shows_what_its_commands_print() -> None:
    outcomes = list(readme.run(readme.PAGE.read_text(encoding="utf-8")))
    assert len(outcomes) >= 10
    for outcome in outcomes:
        assert outcome.code == 0, (outcome.step.command, outcome.err)
        assert outcome.as_shown, f"{outcome.step.command} prints (make docs):\n{outcome.out}"


def test_the_readme_shows_a_visit_that_moves_a_number() -> None:
    page = readme.PAGE.read_text(encoding="utf-8")
    steps = [step for step in readme.steps(page) if step.command.startswith("socius ")]
    at, *_later = (n for n, s in enumerate(steps) if s.command.startswith("socius visit add"))
    before, after = steps[at - 1], steps[at + 1]
    assert before.command == after.command
    assert before.shown != after.shown


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n…\nd\n", "a\nb\n", False),
        ("a\n", "a\nb\n", False),
        ("logged (abc123)\n", "logged (9zz9zz)\n", True),
        ("logged (abc123)\n", "lost (9zz9zz)\n", False),
    ],
)
def test_what_counts_as_shown(shown: str, printed: str, same: bool) -> None:
    step = readme.Step("socius x", shown, 0)
    assert readme.Outcome(step, 0, printed, "").as_shown is same


def test_answers_are_renewed_in_their_place() -> None:
    page = "x\n```console\n$ export A=1\n$ socius --version\nold\n$ socius --version\n```\ny\n"
    found = readme.renewed(page)
    version = subprocess.run(
        [sys.executable, "-m", "socius_tui", "--version"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert found == (
        f"x\n```console\n$ export A=1\n$ socius --version\n{version}"
        f"$ socius --version\n{version}```\ny\n"
    )


# ---- links


def anchors(text: str) -> set[str]:
    """The names under which the headings of a page can be linked."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub(_keep_words, text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _keep_words(code: re.Match[str]) -> str:
    return "" if code[0].startswith("```") else code[0].strip("`")


def dead_links(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for link in LINK.finditer(CODE.sub("", text)):
        address = link[1] or link[2]
        if address.startswith(("http://", "https://")):
            continue
        file, _, anchor = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or not target.is_relative_to(ROOT):
            yield f"{page_name(path)}: {address}"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{page_name(path)}: no heading for {address}"


def test_links_lead_somewhere() -> None:
    assert ROOT / "README.md" in PAGES
    dead = [found for path in PAGES for found in dead_links(path)]
    assert not dead, "\n".join(dead)


def test_a_dead_link_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `b` c\n[x](gone.md) [y](#a-b-c) [z](#d) `[c](code.md)` [w](../page.md)\n")
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert list(dead_links(page)) == [
        "page.md: gone.md",
        "page.md: no heading for #d",
        "page.md: ../page.md",
    ]


def test_every_page_is_in_the_list_of_pages() -> None:
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = {(DOCS / link[1]).resolve() for link in LINK.finditer(text) if link[1]}
    missing = [page_name(p) for p in PAGES if p.parent == DOCS and p.name != "README.md"]
    assert missing
    assert not [name for name in missing if ROOT / name not in listed]


# ---- pages that are made from the source


def test_the_schema_page_is_up_to_date() -> None:
    schema = schema_doc.SCHEMA.read_text(encoding="utf-8")
    assert schema_doc.PAGE.read_text(encoding="utf-8") == schema_doc.page(schema), "make docs"


def test_the_schema_page_has_every_table_and_column_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    new_database(path)
    connection, _read_only = driver.open_file(path)
    try:
        names = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN"
            " ('table', 'virtual', 'view') AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        in_file = {
            name: [
                row[1]
                for row in connection.execute(f"PRAGMA table_xinfo({name})")
                if row[6] == 0  # a hidden column is the module's own
            ]
            for (name,) in names
        }
    finally:
        connection.close()
    on_page = {
        table.name: [column.name for column in table.columns]
        for section in schema_doc.sections(schema_doc.SCHEMA.read_text(encoding="utf-8"))
        for table in section.tables
    }
    assert on_page == in_file


def test_every_table_says_what_it_holds() -> None:
    sections = schema_doc.sections(schema_doc.SCHEMA.read_text(encoding="utf-8"))
    assert not [t.name for section in sections for t in section.tables if not t.note]


def test_the_page_of_keys_is_up_to_date() -> None:
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == keys.page(), "make docs"


# ---- the command line


def commands(
    command: click.Command = COMMANDS, words: tuple[str, ...] = ("socius",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that lead to it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, (*words, name))


ALL_COMMANDS: Final = tuple(commands())


def test_the_page_of_the_command_line_has_every_command() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `socius")}
    missing = [
        " ".join(words)
        for words, _command in ALL_COMMANDS
        if not any(f"{row} ".startswith(f"{' '.join(words)} ") for row in rows)
    ]
    assert len(ALL_COMMANDS) > 20
    assert not missing, missing
    known = {" ".join(words) for words, _command in ALL_COMMANDS} | {"socius"}
    unknown = [row for row in rows if not any(f"{row} ".startswith(f"{name} ") for name in known)]
    assert not unknown, unknown


def test_the_page_of_the_command_line_names_only_options_that_exist() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    options = {
        option
        for _words, command in ALL_COMMANDS
        for param in command.params
        if isinstance(param, click.Option)
        for option in param.opts
    }
    options |= {name for name, _takes, _help in GLOBAL_OPTIONS} | {"--help", "--version"}
    named = set(re.findall(r"--[a-z][a-z-]+", page))
    assert len(named) > 30
    assert not named - options


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("words", [words for words, _command in ALL_COMMANDS], ids=" ".join)
def test_every_command_explains_itself(
    words: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {"nl": "en", "en": "nl"}[language]
    assert run([*words[1:], "--help", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert run([*words[1:], "--help", "--lang", other]) == 0
    assert " ".join(words) in said
    assert said != capsys.readouterr().out


# ---- pictures


def test_every_picture_is_there_and_no_other() -> None:
    assert sorted(path.name for path in (DOCS / "images").iterdir()) == sorted(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_whole_and_points_nowhere(name: str) -> None:
    text = (DOCS / "images" / name).read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert screenshots.offline(text) == text
    assert any(word in text for word in ("Beleidsplan", "OD2.3", "Bezoekplanner"))


@pytest.mark.parametrize(
    "part",
    [
        '<image href="https://example.org/a.png"/>',
        '<style>@import "//example.org/a.css"</style>',
        "<style>a { src: url(https://example.org/font.woff2) }</style>",
        "<style>a { src: url(font.woff2) }</style>",
    ],
)
def test_a_picture_that_points_somewhere_is_refused(part: str) -> None:
    with pytest.raises(ValueError):
        screenshots.offline(f'<svg xmlns="http://www.w3.org/2000/svg">{part}</svg>')


def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    small = screenshots.Shot("try", ("1",), size=(80, 24), themes=("light",))
    (path,) = screenshots.take_all([small], tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "Overzicht" in text
    assert "SD1" in text
