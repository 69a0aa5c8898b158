"""Habits of the code base that no linter checks for us."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hygiene.sources import PACKAGE, ROOT, called_name, parsed, place, python_files

MOST_LINES = 450
TRANSLATORS = ("_", "ngettext", "N_", "said", "counted")
# Where the clock may be read: everywhere else dates and moments are arguments.
CLOCKS = ("services/clock.py", "settings.py")
CLOCK_CALLS = ("today", "now", "utcnow", "fromtimestamp", "time", "time_ns", "localtime")


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def test_no_file_is_long() -> None:
    long = {
        place(path, count): count
        for path in python_files(PACKAGE)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long, long


def test_only_the_command_line_prints() -> None:
    found = [
        place(path, call.lineno)
        for path in python_files(PACKAGE)
        if not path.is_relative_to(PACKAGE / "cli")
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert not found, found


def test_the_domain_reads_no_clock() -> None:
    found = [
        place(path, call.lineno)
        for path in python_files(PACKAGE / "domain")
        for call in calls(path)
        if called_name(call) in CLOCK_CALLS
    ]
    assert not found, found


def asks_for_today(call: ast.Call) -> bool:
    """`date.today()`, or `datetime.now()` and its like without a time zone."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if ast.unparse(call.func.value).rpartition(".")[2] not in ("date", "datetime"):
        return False
    naive_now = call.func.attr == "now" and not (call.args or call.keywords)
    return naive_now or call.func.attr in ("today", "utcnow")


def test_nobody_asks_for_today_but_the_clock() -> None:
    """ruff sees these too, unless it is told not to."""
    found = [
        place(path, call.lineno)
        for path in python_files(PACKAGE)
        if path.relative_to(PACKAGE).as_posix() not in CLOCKS
        for call in calls(path)
        if asks_for_today(call)
    ]
    assert not found, found


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("date.today()", True),
        ("datetime.date.today()", True),
        ("datetime.now()", True),
        ("datetime.datetime.utcnow()", True),
        ("datetime.now(UTC)", False),
        ("clock.today()", False),
        ("today()", False),
    ],
)
def test_the_rule_knows_the_clock_from_its_likes(source: str, asks: bool) -> None:
    (call,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    assert asks_for_today(call) is asks


def test_texts_to_translate_are_whole_and_constant() -> None:
    """gettext finds a text in the source only if it is one literal."""
    found = [
        place(path, call.lineno)
        for path in python_files(PACKAGE)
        if path.name != "i18n.py"
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in TRANSLATORS and call.args
        for text in (call.args[:2] if call.func.id in ("ngettext", "counted") else call.args[:1])
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
        # A constant marked with N_ is translated by its name.
        and not (call.func.id == "_" and isinstance(text, ast.Name | ast.Attribute | ast.Subscript))
    ]
    assert not found, found


def calls_at_import(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls that run when the module is imported: outside functions, in decorators, in defaults."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults]
            waiting += [default for default in node.args.kw_defaults if default]
        elif isinstance(node, ast.Lambda):
            waiting += node.args.defaults
        else:
            waiting += ast.iter_child_nodes(node)


def test_nothing_is_translated_at_import() -> None:
    """The language is chosen after the modules are loaded."""
    found = [
        place(path, call.lineno)
        for path in python_files(PACKAGE)
        for call in calls_at_import(parsed(path))
        if isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext", "pgettext")
    ]
    assert not found, found


@pytest.mark.parametrize(
    ("source", "at_import"),
    [
        ("A = _('x')", True),
        ("class A:\n    title = _('x')", True),
        ("def f(a=_('x')): pass", True),
        ("@command(help=_('x'))\ndef f(): pass", True),
        ("def f():\n    return _('x')", False),
        ("class A:\n    def f(self):\n        return _('x')", False),
        ("F = lambda: _('x')", False),
        ("A = N_('x')", False),
    ],
)
def test_the_rule_knows_what_runs_at_import(source: str, at_import: bool) -> None:
    seen = [
        call
        for call in calls_at_import(ast.parse(source))
        if isinstance(call.func, ast.Name) and call.func.id == "_"
    ]
    assert bool(seen) is at_import


def test_no_test_waits_for_time_to_pass() -> None:
    """A pause that is long enough here is too short elsewhere: wait for what must happen."""
    found = [
        place(path, call.lineno)
        for path in python_files(ROOT / "tests")
        for call in calls(path)
        if (called_name(call) == "sleep" and not _is_zero(call))
        or (
            called_name(call) == "pause"
            and isinstance(call.func, ast.Attribute)
            and (call.args or call.keywords)
        )
    ]
    assert not found, found


def _is_zero(call: ast.Call) -> bool:
    """`asyncio.sleep(0)` gives way to other tasks and waits for nothing."""
    return (
        len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    )
