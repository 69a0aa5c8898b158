"""`socius draft`: what the screens keep of forms, seen from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from socius_tui.domain.drafts import Draft, Typed
from socius_tui.services.drafting import save_draft
from socius_tui.services.handles import handle
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from tests.cli.conftest import Socius


@pytest.fixture
def kept(fresh: Path) -> Draft:
    """Half a visit, of the only person in the file."""
    fields = {"summary": Typed("Goed \x1b[31mgesprek"), "private_note": Typed("onder ons")}
    found = Draft("d1", "visit", {}, "Vereniging 07", fields, "summary")
    with Session(fresh) as session:
        session.actor = staff(session)[0].id
        save_draft(session, found)
    return found


def test_list_says_what_waits_and_nothing_private(kept: Draft, socius: Socius) -> None:
    said = socius("draft", "list")
    assert handle("d1") in said.out
    assert "Visit" in said.out
    assert "Vereniging 07" in said.out
    assert "\x1b" not in said.out
    (row,) = json.loads(socius("draft", "list", "--format", "json").out)
    assert (row["id"], row["form"], row["about"]) == ("d1", "visit", "Vereniging 07")
    assert "gesprek" in row["typed"]
    assert "onder ons" not in said.out + str(row)


def test_show_says_everything(kept: Draft, socius: Socius) -> None:
    said = socius("draft", "show", handle("d1")[:4])
    assert "gesprek" in said.out
    assert "onder ons" in said.out
    assert "\x1b" not in said.out


def test_discard_throws_away(kept: Draft, socius: Socius) -> None:
    assert "Vereniging 07" in socius("draft", "discard", handle("d1")).out
    assert json.loads(socius("draft", "list", "--format", "json").out) == []
    assert "socius draft list" in socius("draft", "discard", handle("d1"), code=1).err


def test_somebody_else_sees_none(kept: Draft, socius: Socius) -> None:
    socius("person", "add", "Bert Claes")
    assert socius("--as", "Bert Claes", "draft", "list", "--format", "csv").out.count("\n") == 1
    socius("--as", "Bert Claes", "draft", "show", handle("d1"), code=1)
