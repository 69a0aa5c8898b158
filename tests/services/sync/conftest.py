"""The fixtures of this folder; no keyring of the machine on which the tests run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui.i18n import get_language, set_language
from tests.services.sync.colleagues import Colleague, make_base
from tests.services.sync.hub_server import empty_room, room, server
from tests.services.sync.places import AN, BO, CEM, PLACES
from tests.services.sync.sealed import using

__all__ = ["empty_room", "room", "server"]


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """A system without a keyring; a test can use another inside it."""
    with using(None):
        yield


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with which colleagues begin; to be copied."""
    return make_base(tmp_path_factory.mktemp("base") / "base.db")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English during a test."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def colleagues(
    base: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Colleague, Colleague, Colleague]]:
    """An, Bo and Cem, who exchange through memory, or what the test says in `place`."""
    place = getattr(request, "param", "memory")
    way = PLACES[place](request)
    made = [
        Colleague(base, tmp_path, login, way, by_login=place == "hub") for login in (AN, BO, CEM)
    ]
    yield made[0], made[1], made[2]
    for each in made:
        each.close()
