"""`socius conflicts`: the list, one of them, and the decision."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Socius
from tests.cli.laptops import Laptop, one_line
from tests.services.sync.colleagues import make_base


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("conflicts") / "base.db")


@pytest.fixture
def two(base: Path, socius: Socius, tmp_path: Path) -> tuple[Laptop, Laptop]:
    """An and Bo, who wrote something else about one visit and then exchanged."""
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    bo = Laptop(socius, tmp_path / "bo", "Bo Maes", base)
    (visit,) = json.loads(an("visit", "list", "--format", "json").out)
    for laptop in (an, bo):
        laptop("visit", "edit", visit["code"] if "code" in visit else visit["id"], "--note",
               f"van {laptop.name}")  # fmt: skip
    shared = tmp_path / "shared"
    an("sync", "--folder", shared, "--new")
    said = bo("sync", "--folder", shared)
    assert "1 conflict waits for a decision: `socius conflicts`." in said.out
    assert "1 conflict waits" in an("sync").out
    return an, bo


def code_of(laptop: Laptop) -> str:
    (row,) = json.loads(laptop("conflicts", "--format", "json").out)
    found = row.get("code") or row.get("id")
    assert isinstance(found, str)
    return found


def test_nobody_disagrees(base: Path, socius: Socius, tmp_path: Path) -> None:
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    assert an("conflicts").out == "There is nothing to decide: nobody disagrees.\n"
    assert json.loads(an("conflicts", "--format", "json").out) == []


def test_listed_told_and_kept(two: tuple[Laptop, Laptop]) -> None:
    an, bo = two
    code = code_of(an)
    assert code == code_of(bo)
    told = one_line(an("conflicts", code).out)
    assert "van Bo Maes (Bo Maes," in told
    assert "van An Peeters (An Peeters," in told
    assert "Two people filled in something else" in told
    assert re.search(r"socius conflicts \w+ --take-other", told)
    an("conflicts", code, "--keep", "--note", "Bo was er bij")
    assert "nobody disagrees" in an("conflicts").out
    assert "1" in bo("conflicts", "--format", "csv").out
    an("sync")
    said = bo("sync")
    assert "conflict" not in said.out
    assert "nobody disagrees" in bo("conflicts").out
    assert an.holds() == bo.holds()


def test_the_other_is_taken_and_that_can_be_undone(two: tuple[Laptop, Laptop]) -> None:
    an, bo = two
    before = an.summaries()
    an("conflicts", code_of(an), "--take-other")
    assert an.summaries() != before
    an("sync")
    bo("sync")
    assert an.summaries() == bo.summaries() != before
    an("undo")
    assert an.summaries() == before
    an("sync")
    bo("sync")
    assert an.holds() == bo.holds()


def test_what_cannot_be_decided(two: tuple[Laptop, Laptop]) -> None:
    an, _bo = two
    code = code_of(an)
    assert "Which conflict" in an("conflicts", "--keep", code=2).err
    assert "Choose one" in an("conflicts", code, "--keep", "--take-other", code=2).err
    said = an("conflicts", "zzzzzz", code=1)
    assert "socius conflicts" in one_line(said.err)
    said = an("conflicts", code, "--keep", "--note", "x" * 3000, code=2)
    assert "Hint" in said.err or "2000" in said.err
    an("conflicts", code, "--keep")
    an("conflicts", code, "--keep", code=1)
    assert "no such option" not in an("conflicts", "--format", "csv").err.lower()


def test_in_dutch(two: tuple[Laptop, Laptop]) -> None:
    an, _bo = two
    assert an("conflicts", "zzzzzz", "--lang", "nl", code=1).err.startswith("Fout")
