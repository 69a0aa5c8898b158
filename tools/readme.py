"""Runs the commands that README.md shows, and compares or renews what they print.

A block that begins with three backticks and `console` holds commands after `$ ` and below
each what it prints; a line `…` stands for any lines. They are run in order, in an empty
folder with an empty home, as a newcomer would.

    python -m tools.readme           # renew the answers that differ
    python -m tools.readme --check   # exit code 1 when one differs
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "README.md"
COLUMNS: Final = 92

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ (?P<command>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
# The short code of a new row is another one each time.
_NEW_CODE = re.compile(r"\([0-9a-z]{6}\)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A command, what should be printed below it, and where in the page that stands."""

    command: str
    shown: str
    at: int


@dataclass(frozen=True)
class Outcome:
    """What became of a step."""

    step: Step
    code: int
    out: str
    err: str

    @property
    def as_shown(self) -> bool:
        """Whether it printed what the page shows."""
        pattern = "(?:.*\n)*".join(
            re.escape(_masked(part)) for part in re.split(r"(?m)^…\n", self.step.shown)
        )
        return re.fullmatch(pattern, _masked(self.out)) is not None


def _masked(text: str) -> str:
    return _NEW_CODE.sub("(code)", text)


def steps(page: str) -> Iterator[Step]:
    """The commands of a page, in order."""
    for block in _BLOCK.finditer(page):
        for part in _STEP.finditer(page, block.start(1), block.end(1)):
            yield Step(part["command"], part["shown"], part.start("shown"))


def run(page: str) -> Iterator[Outcome]:
    """Carry out the commands of a page."""
    with tempfile.TemporaryDirectory(prefix="socius-readme-") as name:
        home, folder = Path(name, "home"), Path(name, "folder")
        home.mkdir()
        folder.mkdir()
        keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
        env = {key: os.environ[key] for key in keep if key in os.environ}
        env |= {
            "HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
            "LANG": "en_GB.UTF-8",
            "COLUMNS": str(COLUMNS),
            "PYTHONIOENCODING": "utf-8",
        }
        for step in steps(page):
            words = shlex.split(step.command)
            if words[0] == "export":
                variable, _, value = words[1].partition("=")
                env[variable] = value
                yield Outcome(step, 0, "", "")
            elif words[0] == "socius":
                yield _socius(step, words[1:], folder, env, home)
            else:
                raise ValueError(f"README.md: {step.command!r} is not a command of ours")


def _socius(
    step: Step, arguments: list[str], folder: Path, env: dict[str, str], home: Path
) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-m", "socius_tui", *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    out = done.stdout.replace(str(home), "~").replace(str(ROOT), "…")
    return Outcome(
        step,
        done.returncode,
        "".join(f"{line.rstrip()}\n" for line in out.splitlines()),
        done.stderr,
    )


def renewed(page: str) -> str:
    """The page with the answers that its commands give now. Raises ValueError if one fails."""
    parts, done = [], 0
    for outcome in run(page):
        step = outcome.step
        if outcome.code:
            raise ValueError(f"{step.command}: {outcome.code} {outcome.err}")
        answer = step.shown if outcome.as_shown else outcome.out
        parts += [page[done : step.at], answer]
        done = step.at + len(step.shown)
    return "".join(parts) + page[done:]


def main(arguments: list[str]) -> int:
    """Renew the page, or compare it."""
    page = PAGE.read_text(encoding="utf-8")
    if "--check" in arguments:
        wrong = [o.step.command for o in run(page) if o.code or not o.as_shown]
        sys.stderr.writelines(f"README.md: not as shown: {command}\n" for command in wrong)
        return 1 if wrong else 0
    PAGE.write_text(renewed(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
