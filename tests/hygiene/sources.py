"""The files of the project, as the tests in this folder read them."""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "socius_tui"

_SKIPPED: Final = {".git", "__pycache__", "build", "dist", "node_modules"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project, including ones that are new and not yet committed.

    What git ignores is left out. Without git (an unpacked source archive) the tree is walked
    and hidden and generated folders are left out.
    """
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout.split(b"\0")
        found = [ROOT / os.fsdecode(name) for name in listed if name]
    else:
        found = list(_walked(ROOT))
    return tuple(sorted(path for path in found if path.is_file()))


def _walked(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.is_dir():
            generated = entry.name in _SKIPPED or entry.name.endswith("_cache")
            if not generated and not entry.name.startswith(".venv"):
                yield from _walked(entry)
        else:
            yield entry


def python_files(folder: Path) -> tuple[Path, ...]:
    """The project's Python files under `folder`."""
    return tuple(
        path for path in project_files() if path.suffix == ".py" and path.is_relative_to(folder)
    )


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int) -> str:
    """Where something stands, short enough for a list of findings."""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def imported_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Each module imported anywhere in the tree, with its line.

    Includes imports in functions, those for type checking, and import_module("…").
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
        elif isinstance(node, ast.Call) and node.args:
            name = called_name(node)
            first = node.args[0]
            if (
                name in ("import_module", "__import__")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield first.value, node.lineno


def called_name(call: ast.Call) -> str:
    """The last part of what is called: `sleep` for both `sleep()` and `time.sleep()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
