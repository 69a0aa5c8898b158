"""Keeps every test away from the machine it runs on, and makes the files that most tests copy.

A test sees an empty home, no settings, no database, the C
locale, UTC, no terminal size and no network.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

# derandomize: the same examples everywhere, so a red run is red again. For a search with
# new examples: HYPOTHESIS_PROFILE=explore.
settings.register_profile(
    "socius",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore", parent=settings.get_profile("socius"), derandomize=False, max_examples=2_000
)

_REMOVED: Final = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "FORCE_COLOR",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "SOCIUS_DB",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
_REMOVED_PREFIXES: Final = ("LC_", "SOCIUS_", "XDG_")
_KEPT: Final = (
    "SOCIUS_TORTURE",  # how often tests/torture tries
    "SOCIUS_SEED",  # the document of the plan, for tests/services/test_plan_draft.py
)
_SET: Final = {
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "TZ": "UTC",
    # Read by Textual when it is imported, so before any test module is.
    "TEXTUAL_ANIMATIONS": "none",
}


def pytest_configure() -> None:
    """Make the environment neutral before a test module is imported."""
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "socius"))
    for name in tuple(os.environ):
        if name in _KEPT:
            continue
        if name in _REMOVED or name.startswith(_REMOVED_PREFIXES):
            del os.environ[name]
    os.environ.update(_SET)
    if hasattr(time, "tzset"):
        time.tzset()


def _move_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "run",
        "APPDATA": home / "roaming",
        "LOCALAPPDATA": home / "local",
    }
    for name, folder in folders.items():
        patch.setenv(name, str(folder))


@pytest.fixture(scope="session", autouse=True)
def _isolated_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home for fixtures that outlive one test, and no way to the network."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not (
            str(address[0]).startswith("127.") or address[0] in ("::1", "localhost")
        ):
            raise AssertionError(f"a test wanted to connect to {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        _move_home(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A home of its own for each test."""
    _move_home(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo; tests copy it."""
    from socius_tui.services.demo import build_demo

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(path)
    return path


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan with sample organisations and An Peeters on 30 June 2016; tests copy it."""
    from socius_tui.services.clock import FixedClock
    from socius_tui.services.setup import FirstStart, create_database

    path = tmp_path_factory.mktemp("fresh") / "fresh.db"
    start = FirstStart(sample_organisations=True, person="An Peeters")
    noon = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))
    create_database(path, start, clock=noon)
    return path
