"""Laptops of one team on the command line: each with a file and a folder for state of its own."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import pytest

from socius_tui.services.session import Session
from tests.cli.conftest import Said, Socius
from tests.services.sync.colleagues import common

FINGERPRINT = re.compile(r"\b\d{5}(?:-\d{5}){5}\b")


class Laptop:
    """A computer; `name` is who works on it ("" leaves that to the settings)."""

    def __init__(self, socius: Socius, home: Path, name: str, base: Path | None = None) -> None:
        home.mkdir()
        self.path = home / "socius.db"
        if base is not None:
            shutil.copy(base, self.path)
        self.name = name
        self._state = home / "state"
        self.socius = socius

    def __call__(self, *words: object, code: int = 0, typed: str = "", named: bool = True) -> Said:
        who = ("--as", self.name) if named and self.name else ()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            patch.setenv("SOCIUS_DB", str(self.path))
            patch.setattr(sys, "stdin", io.StringIO(typed))
            return self.socius(*who, *words, code=code)

    @property
    def fingerprint(self) -> str:
        """What its owner reads out."""
        (found,) = FINGERPRINT.findall(self("team", "keys").out)
        return str(found)

    def visit(self, words: str) -> None:
        """Log a visit."""
        self("visit", "add", "VER-01", "--date", "2016-03-14", "--note", words)

    def summaries(self) -> set[str]:
        """What was written in the visits that this laptop has."""
        with Session(self.path, read_only=True) as session:
            return {
                text for (text,) in session.read(lambda c: c.execute("SELECT summary FROM visit"))
            }

    def holds(self) -> object:
        """All that it has in common with the others."""
        with Session(self.path, read_only=True) as session:
            return session.read(common)


def one_line(text: str) -> str:
    """What was said, without where the lines were broken."""
    return " ".join(text.split())
