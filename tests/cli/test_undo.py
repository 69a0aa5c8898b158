"""`socius undo` and `socius redo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.cli.context import PERSON_VARIABLE
from socius_tui.services.session import Session
from tests.cli.conftest import Socius
from tests.torture.using import rows


@pytest.fixture
def at_work(fresh: Path, socius: Socius, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An and Bert work in the file; An is at the keyboard."""
    socius("person", "add", "Bert Claes")
    monkeypatch.setenv(PERSON_VARIABLE, "An")
    return fresh


def everything(path: Path) -> object:
    """Every row of the file."""
    with Session(path) as session:
        return rows(session)


def add(socius: Socius, note: str = "first", day: str = "2016-03-14") -> str:
    """Log a visit; gives its short code."""
    said = socius("visit", "add", "BEW-01", "--date", day, "--note", note, "--follow-up", "Bellen")
    return said.out.strip().rpartition("(")[2].rstrip(")")


def test_undo_and_redo_say_what_they_did(at_work: Path, socius: Socius) -> None:
    start = everything(at_work)
    add(socius)
    end = everything(at_work)
    title = "Visit to Beweging 01 (voorbeeld) on 14/03/2016 logged"
    assert socius("undo").out == f"Undone: {title}\n"
    assert everything(at_work) == start
    assert socius("redo").out == f"Done again: {title}\n"
    assert everything(at_work) == end
    assert socius("undo", "--lang", "nl").out.endswith(
        "Bezoek aan Beweging 01 (voorbeeld) op 14/03/2016 genoteerd\n"
    )


def test_several_at_once(at_work: Path, socius: Socius) -> None:
    start = everything(at_work)
    code = add(socius)
    socius("visit", "edit", code, "--note", "second")
    socius("followup", "add", "Bezorgen", "--visit", code)
    listed = socius("undo", "--list").out.splitlines()
    assert [line.split("  ", 1)[1] for line in listed] == [
        "Follow-up added: Bezorgen",
        "Visit to Beweging 01 (voorbeeld) changed",
        "Visit to Beweging 01 (voorbeeld) on 14/03/2016 logged",
    ]
    before = everything(at_work)
    tried = socius("undo", "5", "--dry-run").out.splitlines()
    assert [line.split(":")[0] for line in tried[:3]] == ["Undone"] * 3
    assert tried[3:] == [
        "This was only tried: nothing was changed.",
        "There were 3 such things.",
    ]
    assert everything(at_work) == before
    assert len(socius("undo", "3").out.splitlines()) == 3
    assert everything(at_work) == start
    assert "nothing of yours to undo" in socius("undo", code=1).err
    assert len(socius("redo", "--list").out.splitlines()) == 3
    socius("redo", "3")
    assert everything(at_work) == before


def test_all_or_nothing(at_work: Path, socius: Socius) -> None:
    code = add(socius)
    socius("visit", "edit", code, "--note", "second")
    add(socius, "another", "2016-03-15")
    socius("--as", "Bert", "visit", "edit", code, "--note", "Bert’s")
    before = everything(at_work)
    said = socius("undo", "2", code=1)
    assert "note: “second” became “Bert’s”; Bert Claes, " in said.err
    assert "--keep-later leaves those places, --all-the-same overwrites them." in said.err
    assert everything(at_work) == before, "the visit of the fifteenth too"
    assert "Nothing was left to undo of:" in socius("undo", "2", "--keep-later").out
    socius("redo", "2")
    assert everything(at_work) == before
    assert socius("undo", "2", "--all-the-same").out.count("Undone: ") == 2
    assert "first" in socius("visit", "list", "--format", "csv").out


def test_what_others_hang_on_is_named(at_work: Path, socius: Socius) -> None:
    code = add(socius)
    socius("--as", "Bert", "followup", "add", "Bezorgen", "--visit", code)
    for choice in ([], ["--all-the-same"]):
        said = socius("undo", *choice, code=1)
        assert "cannot go while follow-up “Bezorgen” hangs on it" in said.err
        assert "--all-the-same" not in said.err


def test_wrong_use(at_work: Path, socius: Socius) -> None:
    assert "exclude each other" in socius("undo", "--keep-later", "--all-the-same", code=2).err
    assert "not a whole number" in socius("undo", "0", code=2).err
    assert "nothing of yours to undo" in socius("undo", "--list", code=1).err
    assert "nothing of yours to do again" in socius("redo", code=1).err
