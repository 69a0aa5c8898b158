"""The tests' own surroundings: nothing of the machine reaches a test, nothing of a test leaves."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from socius_tui.paths import config_folder, data_folder, database_path


def test_home_is_new_and_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    ours = tmp_path_factory.getbasetemp()
    assert Path.home().is_relative_to(ours)
    assert not list(Path.home().iterdir())
    for folder in (data_folder(), config_folder(), database_path(None)):
        assert folder.is_relative_to(ours)


KEPT = ("SOCIUS_TORTURE", "SOCIUS_SEED")  # they choose tests, and settle nothing in them


def test_no_setting_of_the_machine_is_seen() -> None:
    seen = [
        name
        for name in os.environ
        if name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANGUAGE")
        or (name.startswith(("SOCIUS_", "LC_")) and name not in KEPT)
    ]
    assert not seen
    assert (os.environ["LANG"], os.environ["TZ"]) == ("C.UTF-8", "UTC")


def test_the_network_is_out_of_reach_and_this_machine_is_not() -> None:
    # 192.0.2.0/24 is set aside for documentation: no machine has such an address.
    with socket.socket() as outward, pytest.raises(AssertionError, match="wanted to connect"):
        outward.connect(("192.0.2.1", 80))
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
