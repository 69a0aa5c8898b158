"""Builds the wheel by way of the source archive and tries it as a user would.

The wheel goes into a new virtual environment that holds only what the program needs at run
time, with the versions and hashes of constraints.txt, and is run from an empty folder with an
empty home: an editable install hides what is missing from a wheel.

    python -m tools.wheel_smoke
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from importlib.metadata import requires
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parents[1]
DISTRIBUTION: Final = "socius-tui"
WANTED: Final = (
    "socius_tui/schema.sql",
    "socius_tui/py.typed",
    "socius_tui/sample_data/plan-2016-2020.toml",
    "socius_tui/sample_data/organisations.csv",
    "socius_tui/locale/nl/LC_MESSAGES/socius.mo",
    "socius_tui/locale/en/LC_MESSAGES/socius.mo",
)
UNWANTED: Final = ("tests/", "tools/", "bench/", "docs/")
LOOK_INSIDE: Final = """
import socius_tui
from pathlib import Path
from socius_tui.paths import resource
package = Path(socius_tui.__file__).resolve().parent
for name in ("schema.sql", "sample_data"):
    found = resource(name).resolve()
    assert found.exists(), f"{name} is not in the package"
    assert found.is_relative_to(package), f"{name} was taken from {found}"
"""


class Failed(Exception):
    """The wheel is not what a user should get; the text says why."""


def run(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command without a terminal; what it printed, or Failed with all it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode or "Traceback" in done.stderr:
        said = f"{done.stdout}\n{done.stderr}".strip()
        raise Failed(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{said}")
    return done.stdout


def build(folder: Path) -> Path:
    """The wheel, made from the source archive, which is made from the tree."""
    run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT],
        cwd=ROOT,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def look_at(wheel: Path) -> None:
    """Check the names in the wheel, against the lists above and against the source tree."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "src" / "socius_tui"
    sources = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.suffix in (".py", ".tcss", ".mo")
    }
    missing = sorted((sources | set(WANTED)) - names)
    if missing:
        raise Failed("not in the wheel: " + ", ".join(missing))
    too_much = sorted(name for name in names if name.startswith(UNWANTED))
    if too_much:
        raise Failed("should not be in the wheel: " + ", ".join(too_much))


def needed_at_run_time() -> set[str]:
    """The names of the run-time requirements and of theirs, as far as they apply here."""
    seen: set[tuple[str, str]] = set()
    waiting = [(DISTRIBUTION, "")]  # a distribution and one of its extras, "" for none
    while waiting:
        name, extra = waiting.pop()
        for requirement in map(Requirement, requires(name) or ()):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            for wanted in ("", *requirement.extras):
                following = (canonicalize_name(requirement.name), wanted)
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
    return {name for name, _extra in seen}


def run_time_constraints() -> str:
    """The part of constraints.txt that is needed at run time."""
    needed = needed_at_run_time()
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    chosen = {
        name: entry
        for entry in entries
        if (name := canonicalize_name(entry.partition("==")[0])) in needed
    }
    if missing := needed - set(chosen):
        raise Failed("not in constraints.txt (make lock): " + ", ".join(sorted(missing)))
    return "\n".join(chosen.values()) + "\n"


def install(wheel: Path, folder: Path) -> Path:
    """A new virtual environment with the wheel and its requirements; its folder of programs."""
    environment = folder / "venv"
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    requirements = folder / "requirements.txt"
    requirements.write_text(run_time_constraints(), encoding="utf-8")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", programs / "python"]
    pip += ["--disable-pip-version-check", "--no-input"]
    run(
        [*pip, "install", "--quiet", "--no-compile", "--require-hashes", "-r", requirements],
        cwd=folder,
    )
    run([*pip, "install", "--quiet", "--no-compile", "--no-deps", wheel], cwd=folder)
    run([*pip, "check"], cwd=folder)
    return programs


def use(programs: Path, folder: Path) -> None:
    """Run the program as on a new machine: from an empty folder, with an empty home."""
    empty, home = folder / "empty", folder / "home"
    empty.mkdir()
    home.mkdir()
    keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
    env = {name: os.environ[name] for name in keep if name in os.environ}
    env |= {"HOME": str(home), "USERPROFILE": str(home), "PYTHONIOENCODING": "utf-8"}
    socius = programs / "socius"
    run([programs / "python", "-I", "-c", LOOK_INSIDE], cwd=empty, env=env)

    def said(*arguments: str | Path) -> str:
        text = run([socius, *arguments], cwd=empty, env=env)
        if not text.strip():
            raise Failed(f"socius {' '.join(map(str, arguments))} printed nothing")
        return text

    version = said("--version").strip()
    said("--help")
    if "SD1" not in said("demo"):
        raise Failed("the demo's overview does not show SD1")
    if list(empty.iterdir()):
        raise Failed("the demo left something in the current folder")
    database = home / "plan.db"
    run(
        [socius, "--db", database, "init", "--plan", "socius-2016-2020", "--sample-organisations"],
        cwd=empty,
        env=env,
    )
    if "SD1" not in said("--db", database, "status"):
        raise Failed("the status does not show SD1")
    sys.stdout.write(f"{version}: --version, --help, demo, init and status work from the wheel\n")


def main() -> int:
    """0 when the wheel is fit for use, else 1 and the reason."""
    with tempfile.TemporaryDirectory(prefix="socius-wheel-") as name:
        folder = Path(name)
        try:
            wheel = build(folder / "dist")
            look_at(wheel)
            use(install(wheel, folder), folder)
        except Failed as failure:
            sys.stderr.write(f"wheel-smoke: {failure}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
