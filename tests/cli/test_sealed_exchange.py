"""A folder that is sealed, from the command line: who is let in reads all, who is not nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Socius
from tests.cli.laptops import Laptop
from tests.services.sync.colleagues import make_base
from tests.services.sync.sealed import using


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    with using(None):
        yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("sealed") / "base.db")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder in which the director exchanges."""
    return tmp_path / "shared"


@pytest.fixture
def dirk(base: Path, socius: Socius, tmp_path: Path, shared: Path) -> Laptop:
    """The director, who began to seal before the first exchange."""
    laptop = Laptop(socius, tmp_path / "dirk", "Dirk", base)
    shared.mkdir()
    laptop("team", "seal", shared)
    laptop.visit("van Dirk")
    said = laptop("sync", "--folder", shared, "--new")
    assert said.err == ""
    assert "wait" not in said.out
    return laptop


def let_in(director: Laptop, shared: Path, laptop: Laptop) -> None:
    """As on the phone."""
    mark = laptop.fingerprint
    assert mark in director("team", "requests", shared).out
    assert "Exchange now" in director("team", "approve", shared, mark).out
    director("sync")


def exchanged(*laptops: Laptop) -> None:
    """All exchange twice, and have the same."""
    for _time in range(2):
        for laptop in laptops:
            laptop("sync")
    first = laptops[0].holds()
    for laptop in laptops:
        assert laptop.holds() == first
        assert "nothing" in laptop("check").out.lower()


def hidden(shared: Path, words: str) -> bool:
    return all(words.encode() not in f.read_bytes() for f in shared.rglob("*") if f.is_file())


def test_who_joins_is_let_in_and_reads_all(
    dirk: Laptop, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    assert hidden(shared, "van Dirk")
    an = Laptop(socius, tmp_path / "an", "An Peeters")
    said = an("join", shared, named=False)
    assert "Made " in said.out
    assert "not in the list of members yet" in " ".join((said.out + said.err).split())
    assert an.summaries() == set()
    # Nothing more comes before somebody lets it in.
    an("sync", named=False)
    assert an.summaries() == set()

    let_in(dirk, shared, an)
    said = an("sync", named=False)
    assert an.summaries() == {"Eerste gesprek", "van Dirk"}
    an.visit("van An")
    exchanged(an, dirk)
    assert dirk.summaries() == {"Eerste gesprek", "van Dirk", "van An"}
    assert hidden(shared, "van An")
    assert an("sync").err == ""


def test_who_has_a_file_already_is_let_in(
    dirk: Laptop, base: Path, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    an.visit("van An, nog niet verzonden")
    said = an("sync", "--folder", shared)
    assert "not in the list of members yet" in " ".join((said.out + said.err).split())
    assert "Read out the fingerprint" in " ".join(said.err.split())
    assert "1 transaction" in an("sync", "--status").out
    assert "van An, nog niet verzonden" not in dirk.summaries()
    let_in(dirk, shared, an)
    assert "1 transaction sent" in an("sync").out
    exchanged(an, dirk)
    assert "van An, nog niet verzonden" in dirk.summaries()
    assert "van Dirk" in an.summaries()


def test_a_laptop_that_comes_no_more_is_read_from_a_snapshot(
    dirk: Laptop, base: Path, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    an("sync", "--folder", shared)
    let_in(dirk, shared, an)
    an.visit("van An, die vertrekt")
    exchanged(an, dirk)  # and An is not seen again
    bo = Laptop(socius, tmp_path / "bo", "Bo Maes")
    bo("join", shared, named=False)
    assert bo.summaries() == set()
    let_in(dirk, shared, bo)
    bo("sync", named=False)
    assert "van An, die vertrekt" in bo.summaries()
    assert bo.holds() == dirk.holds()
    assert bo("sync").err == ""


def test_who_was_revoked_reads_nothing_new(
    dirk: Laptop, base: Path, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    an("sync", "--folder", shared)
    let_in(dirk, shared, an)
    an.visit("van An")
    exchanged(an, dirk)
    dirk("team", "revoke", shared, "An")
    dirk.visit("na het vertrek")
    dirk("sync")
    an.visit("van An, daarna")
    said = an("sync")
    assert "revoked" in said.out + said.err
    assert "na het vertrek" not in an.summaries()
    dirk("sync")
    assert "van An, daarna" not in dirk.summaries()
    assert "van An" in dirk.summaries()
    # What it had sent is still good for who comes after.
    bo = Laptop(socius, tmp_path / "bo", "Bo Maes")
    bo("join", shared, named=False)
    let_in(dirk, shared, bo)
    bo("sync", named=False)
    assert {"van An", "na het vertrek"} <= bo.summaries()


def test_a_team_that_begins_to_seal_later(
    base: Path, socius: Socius, tmp_path: Path, shared: Path
) -> None:
    dirk = Laptop(socius, tmp_path / "dirk", "Dirk", base)
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    dirk("sync", "--folder", shared, "--new")
    an("sync", "--folder", shared)
    an.visit("van An, open")
    exchanged(an, dirk)
    dirk("team", "seal", shared)
    dirk("sync")
    an("sync")
    let_in(dirk, shared, an)
    an("sync")
    an.visit("van An, verzegeld")
    exchanged(an, dirk)
    assert all(f.read_bytes().startswith(b"age-") for f in shared.rglob("*.seg"))


def test_a_director_whose_file_was_put_back_is_still_one(
    dirk: Laptop, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    kept = Path(shutil.copy(dirk.path, tmp_path / "kept.db"))
    dirk.visit("na de kopie")
    dirk("sync")
    shutil.copy(kept, dirk.path)
    dirk("sync")
    assert "na de kopie" in dirk.summaries()
    dirk.visit("na het herstel")
    assert "1 transaction sent" in dirk("sync").out  # the keys are the same
    an = Laptop(socius, tmp_path / "an", "An Peeters")
    an("join", shared, named=False)
    let_in(dirk, shared, an)
    an("sync", named=False)
    assert an.holds() == dirk.holds()
