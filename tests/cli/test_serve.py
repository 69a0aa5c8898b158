"""`socius serve`: what it refuses before it listens, and the gate."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui.cli.browser.gate import Gate, is_loopback, written
from socius_tui.cli.context import BROWSER_VARIABLE
from socius_tui.errors import ReadOnly
from socius_tui.services.backups import back_up, listed, restore_in
from socius_tui.services.session import Session
from socius_tui.services.views import SaveView
from tests.cli.conftest import Socius


@pytest.fixture(autouse=True)
def _leave_the_environment() -> Iterator[None]:
    yield
    os.environ.pop(BROWSER_VARIABLE, None)


def test_the_token_works_once() -> None:
    gate = Gate()
    assert not gate.knows("")
    for wrong in ("", "x", gate.token[:-1], f"{gate.token} ", "\udc80"):
        assert gate.enter(wrong) is None
    cookie = gate.enter(gate.token)
    assert cookie is not None
    assert gate.enter(gate.token) is None
    assert gate.knows(cookie)
    assert not gate.knows(gate.token)
    assert not Gate().knows(cookie)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_which_addresses_others_can_reach(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_how_an_address_is_written() -> None:
    assert written("127.0.0.1", 8000) == "127.0.0.1:8000"
    assert written("::1", 8000) == "[::1]:8000"
    assert written("localhost", 80) == "localhost"


def test_an_address_for_others_has_to_be_asked_for(socius: Socius, demo: Path) -> None:
    told = socius("serve", "--host", "0.0.0.0", code=2).err
    assert "others can reach this address" in told
    assert "--beyond-this-computer" in told


def test_without_the_package_it_says_what_to_install(
    socius: Socius, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert "socius-tui[browser]" in socius("serve", code=1).err


def test_a_file_that_is_not_there_and_a_port_that_is_taken(
    socius: Socius, demo: Path, tmp_path: Path
) -> None:
    socius("serve", "--db", tmp_path / "no.db", code=3)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = socius("serve", "--port", taken.getsockname()[1], code=2).err
    assert "--port: nothing can listen there" in told


def test_who_may_only_look_changes_nothing(demo: Path) -> None:
    back_up(demo)
    before = demo.read_bytes()
    with Session(demo, read_only=True) as session:
        assert session.read_only
        with pytest.raises(ReadOnly):
            session.write(SaveView.of(screen="visits", name="x", filters={}, for_everybody=True))
        (line,) = listed(demo)
        with pytest.raises(ReadOnly):
            restore_in(session, line.backup)
    assert demo.read_bytes() == before
