"""The keys of a laptop: made once, kept where only its owner reads them, never lost by accident."""

from __future__ import annotations

import builtins
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.services.sync.sealing import keys as devices
from socius_tui.services.sync.sealing import primitives
from tests.services.sync.sealed import MemoryKeyring, using


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "keys.json"


def test_without_a_keyring_they_are_in_a_file_of_ours(path: Path) -> None:
    assert devices.maybe_keys(path) is None
    made = devices.device_keys(path)
    assert made.where == devices.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert devices.device_keys(path) == made
    assert devices.maybe_keys(path) == made.keys
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_they_are_in_the_folder_for_state() -> None:
    devices.device_keys()
    assert devices.keys_path() == Path(os.environ["XDG_STATE_HOME"]) / "socius" / "keys.json"
    assert devices.keys_path().exists()


def test_with_a_keyring_they_are_there_and_the_file_says_so(path: Path) -> None:
    ring = MemoryKeyring()
    with using(ring):
        made = devices.device_keys(path)
        assert made.where == devices.KEYRING
        assert devices.device_keys(path) == made
    assert len(ring.secrets) == 1
    assert primitives.to_base64(made.keys.seed) not in path.read_text()
    assert made.keys.identity not in path.read_text()


def test_a_closed_keyring_is_no_laptop_without_keys(path: Path) -> None:
    ring = MemoryKeyring()
    with using(ring):
        made = devices.device_keys(path)
        ring.locked = True
        with pytest.raises(FileProblem, match="in its keyring, which cannot be read now"):
            devices.device_keys(path)
        with using(None), pytest.raises(FileProblem, match="cannot be read now"):
            devices.maybe_keys(path)
        ring.locked = False
        assert devices.device_keys(path) == made


def test_a_keyring_that_cannot_keep_them_leaves_them_to_the_file(path: Path) -> None:
    ring = MemoryKeyring()
    ring.locked = True
    with using(ring):
        assert devices.device_keys(path).where == devices.FILE


def test_other_keys_in_the_keyring_are_not_taken_for_ours(path: Path) -> None:
    ring = MemoryKeyring()
    with using(ring):
        devices.device_keys(path)
        other = devices.device_keys(path.with_name("other.json"))
        first, second = ring.secrets
        ring.secrets[first] = ring.secrets[second]
        with pytest.raises(FileProblem, match="damaged"):
            devices.device_keys(path)
        assert devices.device_keys(path.with_name("other.json")) == other


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_keys_that_others_can_read_are_refused(path: Path, mode: int) -> None:
    made = devices.device_keys(path)
    path.chmod(mode)
    for ask in (devices.device_keys, devices.maybe_keys):
        with pytest.raises(FileProblem) as caught:
            ask(path)
        assert "Others can read the keys" in caught.value.message
        assert "chmod 600" in caught.value.hint
    path.chmod(0o600)
    assert devices.device_keys(path) == made


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes in folders")
def test_a_link_a_folder_or_a_pipe_in_its_place_is_refused(path: Path) -> None:
    devices.device_keys(path)
    link = path.with_name("link.json")
    link.symlink_to(path)
    pipe = path.with_name("pipe.json")
    os.mkfifo(pipe)
    for wrong in (link, path.parent, pipe):
        with pytest.raises(FileProblem, match="cannot be read"):
            devices.device_keys(wrong)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"format": 1, "sign": "AAAA", "age": "x"}', "[" * 5000, '{"format": 2}'],
)
def test_damaged_keys_are_named_and_left_alone(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(FileProblem, match="damaged"):
        devices.device_keys(path)
    assert path.read_text() == text


def test_one_letter_changed_in_the_file_is_seen(path: Path) -> None:
    made = devices.device_keys(path)
    found = json.loads(path.read_text())
    found["age"] = found["age"][:-1] + ("Q" if found["age"][-1] != "Q" else "P")
    path.write_text(json.dumps(found))
    with pytest.raises(FileProblem, match="damaged"):
        devices.device_keys(path)
    assert made.keys.identity.startswith("AGE-SECRET-KEY-1")


@pytest.mark.parametrize("ring", [None, MemoryKeyring()], ids=["file", "keyring"])
def test_an_older_identity_is_kept_beside_them(path: Path, ring: MemoryKeyring | None) -> None:
    older = primitives.new_identity()
    with using(ring):
        made = devices.device_keys(path)
        devices.also_open(older, path)
        devices.also_open(older, path)
        found = devices.device_keys(path)
    assert found.where == made.where
    assert found.keys == made.keys._replace(older=(older,))
    assert found.keys.public == made.keys.public


def test_a_fingerprint_is_thirty_digits_however_it_is_typed() -> None:
    public = devices.device_keys().keys.public
    mark = public.fingerprint
    assert len(mark.replace("-", "")) == 30
    assert [len(group) for group in mark.split("-")] == [5] * 6
    for typed in (mark, mark.replace("-", " "), f" {mark.replace('-', '')}\n", f"{mark}."):
        assert primitives.typed_fingerprint(typed) == mark
    for wrong in ("", mark[:-1], mark + "1", mark[:-1] + "x", "²" * 30):
        assert primitives.typed_fingerprint(wrong) == ""
    assert public._replace(age=primitives.recipient(primitives.new_identity())).fingerprint != mark


def test_the_public_keys_are_those_of_a_profile() -> None:
    keys = devices.device_keys().keys
    said = devices.profile_keys(keys)
    assert set(said) == {"sign", "age"}
    assert primitives.are_public_keys(said["sign"], said["age"])
    assert not primitives.are_public_keys(said["age"], said["sign"])
    assert not primitives.are_public_keys(said["sign"] + "=", said["age"])
    assert not primitives.are_public_keys(None, 3)


def test_without_the_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.partition(".")[0] in ("pyrage", "nacl"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RuleBroken) as caught:
        devices.device_keys()
    assert "pip install 'socius-tui[sealed]'" in caught.value.hint


def test_programs_that_start_at_once_make_the_same_keys(path: Path) -> None:
    code = (
        "import sys, pathlib, keyring\n"
        "from keyring.backends import fail\n"
        "from socius_tui.services.sync.sealing.keys import device_keys\n"
        "keyring.set_keyring(fail.Keyring())\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(device_keys(pathlib.Path(sys.argv[1])).keys.public.fingerprint)\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _number in range(3)
    ]  # fmt: skip
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    said = {program.communicate(timeout=60)[0] for program in programs}
    assert said == {devices.device_keys(path).keys.public.fingerprint + "\n"}
