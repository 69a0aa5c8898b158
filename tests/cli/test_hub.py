"""`socius hub`, as it is typed."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Socius
from tests.services.sync.hub_server import Room, chain, empty_room, ignore, profile, room, server

__all__ = ["empty_room", "room", "server"]

A = "a" * 12


def test_a_hub_from_nothing(empty_room: Room, socius: Socius) -> None:
    url, place = empty_room.owner_url, f"localhost/{empty_room.database}"
    assert "no hub in" in socius("hub", "status", url, code=1).err
    assert socius("hub", "init", url).out == f"There is a hub in {place} now.\n"
    assert socius("hub", "init", url).out == f"The hub {place} is up to date.\n"
    assert "Nobody may come" in socius("hub", "status", url).out
    an = empty_room.login("an")
    said = socius("hub", "member", "add", an, "--hub", url, "--role", "director")
    assert said.out == f"{an} is a member on {place}: director.\n"
    laptop = empty_room.transport(an, "team-1")
    laptop.push(A, chain(A, 5), ignore)
    laptop.introduce(profile(A, "An \x1b[31mPeeters"), {})
    shown = socius("hub", "status", url)
    assert f"{place}: 1 laptop, entries: 5" in shown.out
    assert "\x1b" not in shown.out
    assert "laptop-1" in shown.out
    (row,) = json.loads(socius("hub", "status", url, "--format", "json").out)
    assert (row["login"], row["replica"], row["packets"], row["reached"]) == (an, A, 5, 9)
    assert row["state"] == "member"
    assert row["last_at"]


def test_the_address_from_the_environment(
    room: Room, socius: Socius, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = room.member("an")
    laptop = room.transport(an, "team-1")
    laptop.push(A, chain(A, 5), ignore)
    missing = socius("hub", "revoke", A, code=2)
    assert "SOCIUS_HUB" in missing.err
    monkeypatch.setenv("SOCIUS_HUB", room.owner_url)
    said = socius("hub", "revoke", A[:4])
    assert f"Laptop {A} and the login {an} are shut out" in said.out
    assert f"socius hub member add {an}" in said.err
    assert "shut out" in socius("hub", "status").out
    assert "is a member" in socius("hub", "member", "add", an).out
    assert "no member" in socius("hub", "member", "remove", an).out
    assert "no member any more" not in socius("hub", "status", "--lang", "nl").err
    assert "is no member" in socius("hub", "member", "remove", an, code=1).err
    assert "knows no login" in socius("hub", "member", "add", "nobody", code=1).err


def test_no_password_is_taken_and_none_is_repeated(socius: Socius) -> None:
    said = socius("hub", "init", "postgresql://an:Geheim123@hub.example.org/socius", code=2)
    assert "Geheim123" not in said.err + said.out
    assert "a password in the address" in said.err
    said = socius("hub", "init", "postgresql://an@hub.example.org/socius?sslmode=prefer", code=2)
    assert "sslmode=prefer" in said.err


def test_a_laptop_does_not_look_after_the_hub(room: Room, socius: Socius) -> None:
    an = room.member("an")
    room.transport(an, "team-1")
    said = socius("hub", "member", "add", an, "--role", "director", "--hub", room.url(an), code=1)
    assert "may not look after" in said.err
    assert "1 laptop" not in socius("hub", "status", room.url(an)).out
