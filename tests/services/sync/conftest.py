"""The fixtures of this folder; no keyring of the machine on which the tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.sync.hub_server import empty_room, room, server
from tests.services.sync.sealed import using

__all__ = ["empty_room", "room", "server"]


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """A system without a keyring; a test can use another inside it."""
    with using(None):
        yield
