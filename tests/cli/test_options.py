"""Global options, languages, help, settings, who is at the keyboard, completion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from socius_tui import __version__
from socius_tui.cli.context import State
from socius_tui.cli.root import ROOT
from socius_tui.cli.sections import SECTIONS
from socius_tui.paths import config_folder, data_folder, state_folder
from tests.cli.conftest import Socius


def all_commands() -> Iterator[tuple[str, ...]]:
    """Every command and group, as it is typed."""
    yield ()
    with click.Context(ROOT) as ctx:
        for name in ROOT.list_commands(ctx):
            command = ROOT.get_command(ctx, name)
            yield (name,)
            if isinstance(command, click.Group):
                yield from ((name, below) for below in command.list_commands(ctx))


COMMANDS = tuple(all_commands())


def test_the_commands_are_those_that_were_promised() -> None:
    names = [name for _title, names in SECTIONS for name in names]
    assert sorted(names) == sorted(set(names))
    promised = "init demo locate status explain goal organisation visit progress followup assign"
    assert set(promised.split()) <= set(names)
    assert {("visit", "add"), ("visit", "list"), ("visit", "done"), ("visit", "cancel")} <= set(
        COMMANDS
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_both_languages(socius: Socius, command: tuple[str, ...]) -> None:
    english = socius(*command, "--help", "--lang", "en").out
    dutch = socius("--lang=nl", *command, "--help").out
    assert english.startswith("Usage: socius")
    assert dutch.startswith("Gebruik: socius")
    assert len(english.splitlines()) >= 5
    assert english != dutch
    for option in ("--db", "--lang", "--as-of", "--as"):
        assert option in english
    assert all(len(line) <= 100 for line in english.splitlines())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_option_of_a_command_shadows_another(command: tuple[str, ...]) -> None:
    with click.Context(ROOT, obj=State()) as ctx:
        found: click.Command = ROOT
        for name in command:
            assert isinstance(found, click.Group)
            found = found.get_command(ctx, name) or found
        names = [opt for param in found.get_params(ctx) for opt in param.opts]
    assert len(names) == len(set(names))


def test_global_options_before_and_after(demo: Path, socius: Socius, tmp_path: Path) -> None:
    other = Path(shutil.copy(demo, tmp_path / "other.db"))
    socius("--db", other, "visit", "add", "VER-01", "--date", "-2")
    counts = set()
    for arguments in (
        ("--db", other, "--as-of", "2018-06-29", "visit", "list", "--format", "json"),
        ("visit", "--db", other, "list", "--as-of", "2018-06-29", "--format", "json"),
        ("visit", "list", "--format", "json", f"--db={other}", "--as-of=2018-06-29"),
        ("--db", "elsewhere", "visit", "list", "--format", "json", "--db", other,
         "--as-of", "yesterday"),
    ):  # fmt: skip
        counts.add(len(json.loads(socius(*arguments).out)))
    assert len(counts) == 1
    elsewhere = len(json.loads(socius("visit", "list", "--format", "json").out))
    assert counts != {elsewhere}


def test_the_value_of_an_option_may_look_like_an_option(fresh: Path, socius: Socius) -> None:
    socius("visit", "add", "VER-01", "--date", "1/6/2016", "--note", "--db")
    out = socius("visit", "list", "--format", "json").out
    assert json.loads(out)[0]["summary"] == "--db"


def test_the_language_by_option_settings_and_locale(
    demo: Path, socius: Socius, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "on track" in socius("status").out  # the locale of these tests is English
    assert "op schema" in socius("status", "--lang", "nl").out
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "op schema" in socius("status").out
    write_settings('language = "en"')
    assert "on track" in socius("status").out
    assert "op schema" in socius("--lang", "nl", "status").out
    assert "--lang" in socius("status", "--lang", "fr", code=2).err


def write_settings(text: str) -> Path:
    path = config_folder() / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("this is = no TOML", "settings.toml"),
        ("colour = 1", "colour"),
        ('language = "fr"', "language"),
        ("person = 3", "person"),
        ("keymap = 1", "keymap"),
        ("[keymap]\n'visit.new' = 1", "keymap.visit.new"),
        ("#" * 70_000, "64 kB"),
        ("a = " + "[" * 5000, "settings.toml"),
    ],
)
def test_settings_that_cannot_be_used_are_said_and_left(
    demo: Path, socius: Socius, text: str, says: str
) -> None:
    path = write_settings(text)
    said = socius("status")
    assert says in said.err
    assert "SD1" in said.out
    assert path.read_text(encoding="utf-8") == text


def test_settings_say_keys_theme_and_person() -> None:
    from socius_tui.settings import load_settings

    write_settings('theme = "light"\nperson = "An"\n[keymap]\nvisit.new = "n"\n"a.b" = "x"')
    settings = load_settings()
    assert (settings.theme, settings.person) == ("light", "An")
    assert settings.keymap == {"visit.new": "n", "a.b": "x"}
    assert settings.warnings == ()


def visitor(socius: Socius) -> str | None:
    found = json.loads(socius("visit", "list", "--limit", "1", "--format", "json").out)
    name = found[0]["visitor"]
    assert name is None or isinstance(name, str)
    return name


def test_who_is_at_the_keyboard(
    demo: Path, socius: Socius, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = ("visit", "add", "VER-01", "--status", "planned", "--date")
    socius(*add, "+300")
    assert visitor(socius) is None  # nobody said, and there are several
    write_settings('person = "Amber"')
    socius(*add, "+301")
    assert visitor(socius) == "Amber Voorbeeld"
    monkeypatch.setenv("SOCIUS_PERSON", "Bilal")
    socius(*add, "+302")
    assert visitor(socius) == "Bilal Voorbeeld"
    socius(*add, "+303", "--as", "carine")
    assert visitor(socius) == "Carine Voorbeeld"
    socius("--as", "Elif", *add, "+304")
    assert visitor(socius) == "Elif Voorbeeld"


def test_a_person_who_is_not_in_the_file(
    demo: Path, socius: Socius, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = demo.read_bytes()
    assert "Xaveria" in socius("status", "--as", "Xaveria", code=1).err
    monkeypatch.setenv("SOCIUS_PERSON", "Xaveria")
    assert "SD1" in socius("status").out  # only looking
    assert "Xaveria" in socius("visit", "add", "VER-01", "--date", "-1", code=1).err
    assert demo.read_bytes() == before
    monkeypatch.delenv("SOCIUS_PERSON")
    assert "who you are" in socius("visit", "list", "--mine", code=2).err


def test_version(socius: Socius) -> None:
    assert socius("--version").out == f"socius-tui {__version__}\n"
    assert socius("--lang", "en", "--version").out == f"socius-tui {__version__}\n"


def test_a_group_without_a_command_shows_its_help(socius: Socius) -> None:
    said = socius("visit", code=2)
    assert "cancel" in said.err
    assert said.out == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(socius: Socius, shell: str) -> None:
    script = socius("completion", shell).out
    assert f"_SOCIUS_COMPLETE={shell}_complete" in script
    checker = shutil.which(shell)
    if checker is not None:
        done = subprocess.run([checker, "-n"], input=script, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "position", "offers"),
    [
        ("socius vi", 1, "visit"),
        ("socius visit ca", 2, "cancel"),
        ("socius visit add --mo", 3, "--mode"),
        ("socius visit add --mode on_", 4, "on_site"),
        ("socius explain OD1.1", 2, "OD1.1-a"),
        ("socius status --goal OD2", 3, "OD2.3"),
        ("socius --lang e", 2, "en"),
        ("socius visit add VER-0", 3, "VER-07"),
        ("socius export st", 2, "status"),
    ],
)
def test_the_shell_completes_commands_and_codes(
    demo: Path, words: str, position: int, offers: str
) -> None:
    environment = {
        **os.environ,
        "_SOCIUS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
        "SOCIUS_DB": str(demo),
    }
    code = "from socius_tui.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert offers in [line.partition(",")[2] for line in done.stdout.splitlines()], done.stderr


def test_completion_without_a_file_offers_nothing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "_SOCIUS_COMPLETE": "bash_complete",
        "COMP_WORDS": "socius explain O",
        "COMP_CWORD": "2",
        "SOCIUS_DB": str(tmp_path / "none.db"),
    }
    code = "from socius_tui.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == ""
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="our own answer is for Linux only")
@pytest.mark.parametrize("home", ["/somewhere", "/somewhere/", "", "elsewhere"])
@pytest.mark.parametrize("folder", ["", "/data", "/data/", "relative", "/a/../b", " /a "])
def test_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, home: str, folder: str
) -> None:
    import platformdirs

    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("XDG_DATA_HOME", folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert data_folder() == platformdirs.user_data_path("socius", appauthor=False)
    monkeypatch.setenv("XDG_STATE_HOME", folder)
    assert config_folder() == platformdirs.user_config_path("socius", appauthor=False)
    assert state_folder() == platformdirs.user_state_path("socius", appauthor=False)


def test_the_manual_names_every_command_and_option() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    lines = manual.splitlines()
    for command in COMMANDS:
        with click.Context(ROOT, obj=State()) as ctx:
            found: click.Command = ROOT
            for name in command:
                assert isinstance(found, click.Group)
                found = found.get_command(ctx, name) or found
        if isinstance(found, click.Group):
            continue
        written = "`socius " + " ".join(command)
        (line,) = [line for line in lines if line.startswith(f"| {written}")]
        if command[-1] in ("done", "edit"):
            continue  # what they take is what `add` takes
        if command[0] == "import":  # all lists take what the first one does
            line = next(line for line in lines if line.startswith("| `socius import"))
        for param in found.params:
            if isinstance(param, click.Option) and param.opts[0] not in ("--format", "--date"):
                assert param.opts[0] in line, (command, param.opts)
