"""One SQLite library in the process, imported in one place."""

from __future__ import annotations

import ast

import pytest

from tests.hygiene.sources import PACKAGE, imported_names, parsed, place, python_files

ALLOWED = {
    "sqlite3": {"store/driver.py"},
    "sqlite_utils": {"store/driver.py", "store/migrations.py"},
}
# Other builds of SQLite. POSIX locks belong to the process: a second library that closes the
# same file drops the first one's locks, and rows that were acknowledged are lost.
SECOND_LIBRARIES = ("apsw", "libsql", "pysqlite2", "pysqlite3", "sqlcipher3", "sqlean")
WATCHED = (*ALLOWED, *SECOND_LIBRARIES)


# Runs as a process of its own, without the first one.
ALONE = "tests/torture/recording_disk.py"


def wrong_imports(tree: ast.AST, module: str) -> list[tuple[str, int]]:
    return [
        (name, line)
        for name, line in imported_names(tree)
        if (root := name.partition(".")[0]) in WATCHED and module not in ALLOWED.get(root, ())
    ]


def test_only_the_driver_imports_sqlite() -> None:
    files = python_files(PACKAGE)
    assert files
    found = [
        f"{place(path, line)} imports {name}"
        for path in files
        for name, line in wrong_imports(parsed(path), path.relative_to(PACKAGE).as_posix())
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "module", "wrong"),
    [
        ("import sqlite3", "store/driver.py", False),
        ("import sqlite3", "store/visits.py", True),
        ("from sqlite3 import Row", "services/session.py", True),
        ("def f():\n    import sqlite_utils.db", "services/session.py", True),
        ("from sqlite_utils import Migrations", "store/migrations.py", False),
        ("import sqlite3", "store/migrations.py", True),
        ("importlib.import_module('pysqlite3')", "store/driver.py", True),
        ("import apsw", "store/driver.py", True),
        ("import sqlite3_of_ours", "ui/app.py", False),
    ],
)
def test_the_rule_sees_every_kind_of_import(source: str, module: str, wrong: bool) -> None:
    assert bool(wrong_imports(ast.parse(source), module)) is wrong


def test_no_second_sqlite_library_in_the_tests_and_tools() -> None:
    """The tests may look into a file with sqlite3, but not with another build of it."""
    root = PACKAGE.parents[1]
    found = [
        f"{place(path, line)} imports {name}"
        for folder in ("tests", "tools", "bench")
        for path in python_files(root / folder)
        if path != root / ALONE
        for name, line in imported_names(parsed(path))
        if name.partition(".")[0] in SECOND_LIBRARIES
    ]
    assert not found, "\n".join(found)


def test_who_uses_a_second_library_uses_no_other() -> None:
    """And nobody imports that file, as it would bring the library along."""
    root = PACKAGE.parents[1]
    own = {name.partition(".")[0] for name, _line in imported_names(parsed(root / ALONE))}
    assert not own & {*ALLOWED, "socius_tui", "tests"}
    module = ALONE.removesuffix(".py").replace("/", ".")
    found = [
        place(path, line)
        for path in python_files(root / "tests")
        for name, line in imported_names(parsed(path))
        if name == module
    ]
    assert not found, found
