"""What carries a shared folder does it badly, and so do disks: nothing is lost or half used."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import FileProblem, ReadOnly
from socius_tui.services.sync.folder import FolderTransport
from socius_tui.services.sync.folder import shelf as shelf_module
from socius_tui.services.sync.folder.reading import read_bytes
from socius_tui.services.sync.folder.segments import digest_of, encode
from tests.hygiene.sources import ROOT
from tests.services.sync.folders import NOW, files, sealed, segments, way
from tests.services.sync.places import AN, BO, CEM, TEAM, no_step, packets, profile, pulled, put
from tests.torture import times

POSIX: Final = pytest.mark.skipif(os.name != "posix", reason="links, pipes, signals, limits")
COPY: Final = " (conflicted copy 2016-06-30)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shared folder with three segments of An, each of two packets."""
    made = tmp_path / "shared"
    made.mkdir()
    for start in (0, 2, 4):
        put(way(made), packets(AN, start, start + 1, start + 2))
    return made


MINE: Final = packets(AN, *range(7))


def troubles(transport: FolderTransport) -> list[tuple[str, str]]:
    """What was told: the name of the file without the laptop's, and the sentence's first words."""
    return [
        (trouble.name.partition("/")[2], " ".join(trouble.sentence.split()[:5]))
        for trouble in transport.troubles
    ]


# ---- one file


DAMAGE: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "half": (lambda data: data[: len(data) // 2], "This file has come in"),
    "empty": (lambda data: b"", "This file has come in"),
    "zeros": (lambda data: bytes(len(data)), "This file is damaged; nothing"),
    "a bit": (lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:], "This file is damaged;"),
    "more": (lambda data: data + b"\0", "This file is damaged; nothing"),
}


@pytest.mark.parametrize("how", sorted(DAMAGE))
def test_a_damaged_file_is_named_and_the_rest_is_used(how: str, folder: Path) -> None:
    change, sentence = DAMAGE[how]
    path = segments(folder)[1]
    data = path.read_bytes()
    path.write_bytes(change(data))
    bo = way(folder)
    assert pulled(bo) == MINE[:2] + MINE[4:]
    ((name, words),) = troubles(bo)
    assert name == path.name
    assert words.startswith(sentence)
    assert pulled(bo, {AN: 4}) == MINE[4:]  # who has it does not look at it
    path.write_bytes(data)
    assert pulled(way(folder)) == MINE


@pytest.mark.parametrize("how", sorted(DAMAGE))
def test_who_wrote_it_hears_of_it_and_puts_it_there_anew(how: str, folder: Path) -> None:
    before = files(folder)
    path = segments(folder)[1]
    path.write_bytes(DAMAGE[how][0](path.read_bytes()))
    bo = way(folder)
    pulled(bo)
    bo.introduce(profile(BO), {AN: 2})
    an = way(folder)
    assert an.published() == {AN: 2}
    an.push(AN, MINE[2:], no_step)
    assert an.published() == {AN: 6}
    assert {name: data for name, data in files(folder).items() if BO not in name} == before
    cem = way(folder)
    assert pulled(cem) == MINE
    assert cem.troubles == []
    bo.introduce(profile(BO), {AN: 6})
    bo = way(folder)
    pulled(bo)
    bo.introduce(profile(BO), {AN: 6})
    assert b"seg" not in (folder / "replicas" / BO / "seen.json").read_bytes()


def test_a_sealed_file_is_put_there_anew_under_another_name(tmp_path: Path) -> None:
    put(sealed(tmp_path, AN), packets(AN, 0, 1))
    (path,) = segments(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    bo = sealed(tmp_path, BO)
    assert pulled(bo) == []
    bo.introduce(profile(BO), {})
    an = sealed(tmp_path, AN)
    assert an.published() == {}
    put(an, packets(AN, 0, 1))
    assert len(segments(tmp_path)) == 1
    assert path not in segments(tmp_path)
    assert pulled(sealed(tmp_path, BO)) == packets(AN, 0, 1)


def test_what_others_say_is_damaged_is_looked_at_first(folder: Path) -> None:
    bo = way(folder)
    own = folder / "replicas" / BO
    bo.introduce(profile(BO), {})
    text = '{"format":1,"replica":"%s","seen":{},"damaged":["%s","../../x",1]}'
    (own / "seen.json").write_text(text % (BO, segments(folder)[0].name), encoding="utf-8")
    before = files(folder)
    an = way(folder)
    assert an.published() == {AN: 6}
    put(an, MINE)
    assert files(folder) == before


def written(folder: Path, made: list[Packet], name: str = "{}", team: str = TEAM) -> Path:
    """A segment that is whole, in An's folder under a name of our choice."""
    data = encode(team, made)
    first, last = made[0].after, made[-1].until
    right = f"{AN}.{first:012d}-{last:012d}.{digest_of(data)}.seg"
    path = folder / "replicas" / AN / name.format(right)
    path.write_bytes(data)
    return path


def test_what_is_not_ours_is_named(folder: Path) -> None:
    teams = written(folder, packets(AN, 6, 7), team="another team")
    laptops = written(folder, packets(BO, 6, 7))
    bo = way(folder)
    assert pulled(bo) == MINE
    assert sorted(troubles(bo)) == sorted(
        [
            (teams.name, "This file belongs to another"),
            (laptops.name, "This file was written by"),
        ]
    )


def test_a_file_in_a_newer_format_waits_for_the_update(folder: Path) -> None:
    import zlib

    text = zlib.decompress(segments(folder)[0].read_bytes()).replace(b'"format":1', b'"format":2')
    data = zlib.compress(text)
    name = f"{AN}.000000000006-000000000007.{digest_of(data)}.seg"
    (folder / "replicas" / AN / name).write_bytes(data)
    bo = way(folder)
    assert pulled(bo) == MINE
    assert troubles(bo) == [(name, "This file was written by")]
    assert "newer version" in bo.troubles[0].sentence
    assert bo.troubles[0].hint.startswith("Update the program")


def test_another_laptops_file_in_our_folder(folder: Path) -> None:
    put(way(folder), packets(BO, 0, 1))
    (path,) = segments(folder, BO)
    path.rename(folder / "replicas" / AN / path.name)
    bo = way(folder)
    assert pulled(bo) == MINE
    assert troubles(bo) == [(path.name, "This file was written by")]


# ---- copies and other names


def test_a_copy_that_is_the_same_is_harmless(folder: Path) -> None:
    for path in segments(folder):
        shutil.copy(path, path.with_name(f"{path.stem}{COPY}.seg"))
    bo = way(folder)
    assert list(bo.pull({}, no_step)) == MINE
    assert bo.troubles == []
    assert bo.published() == {AN: 6}


def test_a_copy_that_is_not_the_same_is_named(folder: Path) -> None:
    path = segments(folder)[0]
    copy = path.with_name(f"{path.stem}{COPY}.seg")
    copy.write_bytes(path.read_bytes()[:-5])
    bo = way(folder)
    assert pulled(bo) == MINE
    assert troubles(bo) == [(copy.name, "This is a copy that")]
    quiet = way(folder)
    assert pulled(quiet, {AN: 2}) == MINE[2:]
    assert quiet.troubles == []


def test_a_whole_copy_helps_where_the_file_is_damaged(folder: Path) -> None:
    path = segments(folder)[0]
    shutil.copy(path, path.with_name(f"{path.stem}{COPY}.seg"))
    path.write_bytes(b"")
    bo = way(folder)
    assert pulled(bo) == MINE
    assert [words for _name, words in troubles(bo)] == [
        "This file has come in",
        "This file has another name",
    ]


@pytest.mark.parametrize("name", ["{stem} (1).seg", "x.seg", "{stem}.SEG", "old.seg.bak"])
def test_a_file_under_another_name_is_known_by_what_is_in_it(name: str, folder: Path) -> None:
    path = segments(folder)[1]
    other = path.rename(path.with_name(name.format(stem=path.stem)))
    bo = way(folder)
    assert pulled(bo) == MINE
    assert troubles(bo) == [(other.name, "This file has another name")]
    assert bo.published() == {AN: 2}
    an = way(folder)
    an.push(AN, MINE[2:], no_step)
    cem = way(folder)
    assert pulled(cem) == MINE
    assert cem.troubles == []


def test_a_name_that_promises_more_than_there_is(folder: Path) -> None:
    path = segments(folder)[2]
    path.rename(path.with_name(path.name.replace("000000000006", "000000000099")))
    assert way(folder).published() == {AN: 99}
    bo = way(folder)
    assert pulled(bo) == MINE
    assert [words for _name, words in troubles(bo)] == ["This file has another name"]
    assert bo.published() == {AN: 4}
    an = way(folder)
    an.push(AN, [*MINE, *packets(AN, 6, 7)], no_step)
    assert pulled(way(folder)) == [*MINE, *packets(AN, 6, 7)]


@pytest.mark.parametrize(
    "name",
    ["~0123456789abcdef.tmp", ".{}.part", "{}.part", "{}.filepart", "desktop.ini", "notes.txt"],
)
def test_what_is_still_coming_in_is_not_there_yet(name: str, folder: Path) -> None:
    whole = written(folder, packets(AN, 6, 7), name)
    bo = way(folder)
    assert pulled(bo) == MINE
    assert bo.troubles == []
    assert whole.exists()


@POSIX
def test_a_name_cannot_steer_a_terminal(folder: Path) -> None:
    (folder / "replicas" / AN / "x\x1b[31m\n.seg").write_bytes(b"no segment")
    bo = way(folder)
    pulled(bo)
    assert troubles(bo) == [("x␛[31m .seg", "This file is damaged; nothing")]


def test_a_folder_that_was_renamed_is_named(folder: Path) -> None:
    shutil.copytree(folder / "replicas" / AN, folder / "replicas" / f"{AN}{COPY}")
    bo = way(folder)
    assert pulled(bo) == MINE
    assert [trouble.name for trouble in bo.troubles] == [f"replicas/{AN}{COPY}"]


@POSIX
def test_no_link_is_followed_and_nothing_is_waited_for(folder: Path, tmp_path: Path) -> None:
    own = folder / "replicas" / AN
    secret = written(folder, packets(AN, 6, 7)).rename(tmp_path / "secret")
    names = [f"{AN}.{n:012d}-{n + 1:012d}.0123456789abcdef.seg" for n in (6, 7, 8)]
    (own / names[0]).symlink_to(secret)
    os.mkfifo(own / names[1])
    (own / names[2]).mkdir()
    os.mkfifo(own / "x.seg")
    (own / "seen.json").symlink_to(secret)
    (folder / "replicas" / BO).symlink_to(own)
    bo = way(folder)
    assert pulled(bo) == MINE
    bo.peers()
    assert {trouble.name.rpartition("/")[2] for trouble in bo.troubles} == {
        *names,
        "x.seg",
        "seen.json",
        BO,
    }
    with pytest.raises(FileProblem):
        put(bo, packets(BO, 0, 1))


@POSIX
def test_the_folder_of_all_laptops_is_no_link(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "shared", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    way(folder)
    (folder / "replicas").symlink_to(elsewhere)
    with pytest.raises(FileProblem):
        way(folder)


def test_a_file_that_is_not_on_this_laptop_yet(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = segments(folder)[1]

    def online(path: Path, most: int) -> bytes:
        if path == away:
            raise OSError(errno.EINVAL, "The cloud operation was unsuccessful")
        return read_bytes(path, most)

    monkeypatch.setattr(shelf_module, "read_bytes", online)
    bo = way(folder)
    assert pulled(bo) == MINE[:2] + MINE[4:]
    assert troubles(bo) == [(away.name, "This file cannot be read")]
    assert "The cloud operation was unsuccessful" in bo.troubles[0].sentence
    an = way(folder)
    an.push(AN, MINE, no_step)  # what cannot be looked at is not replaced
    assert an.published() == {AN: 6}
    monkeypatch.undo()
    assert pulled(way(folder)) == MINE


def test_a_file_that_is_larger_than_any(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MOST_BYTES", segments(folder)[1].stat().st_size // 2)
    bo = way(folder)
    assert pulled(bo) == []
    assert len(bo.troubles) == 3


@pytest.mark.parametrize(
    "text",
    [
        b"",
        bytes(50),
        b"{",
        b"[]",
        b"{}",
        b"[" * 99_999,
        b'{"replica":"b00000000002","seen":{"x/y":1}}',
        b'{"replica":"b00000000002","seen":{"x":-1}}',
        b'{"replica":"b00000000002","seen":{"x":true}}',
        b'{"replica":"b00000000002","keys":[]}',
        b"x" * (2 << 20),
    ],
)
def test_what_a_laptop_says_cannot_be_read(text: bytes, folder: Path) -> None:
    bo = way(folder)
    bo.introduce(profile(BO), {AN: 6})
    own = folder / "replicas" / BO
    for name in ("profile.json", "seen.json"):
        (own / name).write_bytes(text)
    an = way(folder)
    (said,) = (peer for peer in an.peers() if peer.replica == BO)
    assert (said.profile, said.seen) == (None, {})
    assert {trouble.name for trouble in an.troubles} == {f"{BO}/profile.json", f"{BO}/seen.json"}
    bo.introduce(profile(BO), {AN: 6})
    assert [peer.seen for peer in way(folder).peers()] == [{}, {AN: 6}]


# ---- the folder


def test_rolled_back_to_last_week(folder: Path, tmp_path: Path) -> None:
    last_week = tmp_path / "last week"
    shutil.copytree(folder, last_week)
    put(way(folder), packets(AN, 6, 7, 8))
    now = files(folder)
    shutil.rmtree(folder)
    last_week.rename(folder)
    an = way(folder)
    assert an.published() == {AN: 6}
    assert pulled(an, {AN: 8}) == []
    an.push(AN, packets(AN, 6, 7, 8), no_step)
    assert files(folder) == now


@pytest.mark.parametrize("while_open", [True, False])
def test_emptied_and_filled_again(while_open: bool, folder: Path) -> None:
    before = files(folder)
    an = way(folder)
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if not while_open:
        an = way(folder)
    assert (dict(an.published()), pulled(an), an.peers()) == ({}, [], [])
    for start in (0, 2, 4):
        an.push(AN, MINE[start : start + 2], no_step)
    assert files(folder) == before


def carry(source: Path, target: Path, chance: Random, *, badly: bool) -> None:
    """Copies what one laptop wrote to another's copy of the folder, as a bad program does it."""
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        other = target / path.relative_to(source)
        other.parent.mkdir(parents=True, exist_ok=True)
        luck = chance.random() if badly else 1.0
        if other.exists() and other.read_bytes() == data:
            if luck < 0.1:
                other.unlink()  # rolled back
            continue
        if luck < 0.3:
            continue
        if luck < 0.5:
            data = data[: chance.randint(0, len(data))]
        elif luck < 0.6:
            data = bytes(len(data))
        if luck < 0.7:
            other.with_name(f"{other.stem}{COPY}{other.suffix}").write_bytes(data)
        if 0.7 < luck < 0.75:
            other = other.with_name(f"{other.stem} (1){other.suffix}")
        other.write_bytes(data)


@pytest.mark.parametrize("seed", range(times(3, 60)))
def test_a_program_that_carries_it_badly(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    laptops = (AN, BO, CEM)
    copies = {replica: tmp_path / replica for replica in laptops}
    written: dict[str, list[Packet]] = {replica: [] for replica in laptops}
    have: dict[str, dict[str, int]] = {replica: {} for replica in laptops}
    for folder in copies.values():
        folder.mkdir()
        way(folder)

    def work(replica: str) -> None:
        mine = written[replica]
        place = mine[-1].until if mine else 0
        mine += packets(replica, *range(place, place + chance.randint(1, 4)))

    def exchange(replica: str) -> FolderTransport:
        transport = way(copies[replica])
        place = transport.published().get(replica, 0)
        todo = [packet for packet in written[replica] if packet.until > place]
        transport.push(replica, todo, no_step)
        for packet in transport.pull(have[replica] | {replica: 10**9}, no_step):
            known = written[packet.replica]
            assert packet in known  # whole, and never something else
        for other in laptops:
            held = {p.after: p for p in transport.pull({}, no_step) if p.replica == other}
            reach = have[replica].get(other, 0)
            while reach in held:
                reach = held[reach].until
            have[replica][other] = reach
        transport.introduce(profile(replica), have[replica])
        return transport

    for round_ in range(14):
        badly = round_ < 11
        for replica in laptops:
            if badly:
                work(replica)
            exchange(replica)
            for other in laptops:
                if other != replica:
                    part = Path("replicas") / replica
                    carry(copies[replica] / part, copies[other] / part, chance, badly=badly)
    for replica in laptops:
        transport = way(copies[replica])
        assert pulled(transport) == sorted(packet for all_ in written.values() for packet in all_)
        assert have[replica] == {other: written[other][-1].until for other in laptops}


# ---- the disk


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root may write in a read-only folder"
)
def test_a_read_only_folder(folder: Path) -> None:
    own = folder / "replicas" / AN
    own.chmod(0o500)
    try:
        with pytest.raises(ReadOnly):
            put(way(folder), packets(AN, 6, 7))
        assert pulled(way(folder)) == MINE
    finally:
        own.chmod(0o700)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses(code: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(folder)

    def refuse(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(FileProblem) as refused:
            put(way(folder), packets(AN, 6, 7))
    assert isinstance(refused.value, ReadOnly) is (code in (errno.EROFS, errno.EACCES))
    assert files(folder) == before
    put(way(folder), packets(AN, 6, 7))
    assert pulled(way(folder)) == [*MINE, *packets(AN, 6, 7)]


def big(many: int) -> list[Packet]:
    """Packets that do not get smaller, some 100 kB each."""
    chance = Random(many)
    return [
        packet._replace(body=chance.randbytes(100_000).hex())
        for packet in packets(AN, *range(many + 1))
    ]


#: Pushes under a limit for the size of a file, or ends itself at the n-th time of a landmark.
CHILD: Final = """
import os, resource, signal, sys
from pathlib import Path
from socius_tui.errors import FileProblem
from socius_tui.i18n import set_language
from socius_tui.services.sync.folder import FolderTransport
from socius_tui.store import landmarks
from tests.services.sync.places import TEAM, no_step
from tests.services.sync.test_folder_faults import AN, big
folder, landmark, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
set_language("en")
passed = []
def listen(step):
    passed.append(step)
    if step == landmark and passed.count(step) == number:
        os.kill(os.getpid(), signal.SIGKILL)
transport = FolderTransport(folder)
transport.open(TEAM)
if landmark == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
else:
    landmarks.listen(listen)
try:
    transport.push(AN, big(3), no_step)
except FileProblem as error:
    print(error.title)
"""


def child(folder: Path, landmark: str, number: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), landmark, str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@POSIX
def test_a_full_disk(tmp_path: Path) -> None:
    done = child(tmp_path, "limit", 150_000)
    assert (done.returncode, done.stdout) == (0, "Disk full\n")
    assert sorted(files(tmp_path)) == ["team.json"]
    put(way(tmp_path), big(3))
    assert pulled(way(tmp_path)) == big(3)


@POSIX
@pytest.mark.parametrize(
    ("landmark", "number", "there"),
    [
        ("folder.piece", 1, False),
        ("folder.piece", 3, False),
        ("folder.written", 1, False),
        ("folder.renamed", 1, True),
    ],
)
def test_killed_while_it_writes(landmark: str, number: int, there: bool, tmp_path: Path) -> None:
    done = child(tmp_path, landmark, number)
    assert done.returncode == -signal.SIGKILL
    bo = way(tmp_path)
    assert pulled(bo) == (big(3) if there else [])
    assert bo.published() == ({AN: 3} if there else {})
    assert bo.troubles == []
    own = tmp_path / "replicas" / AN
    left = list(own.glob("~*.tmp"))
    assert len(left) == (0 if there else 1)
    put(way(tmp_path), big(3))
    assert pulled(way(tmp_path)) == big(3)
    moment = (NOW - timedelta(hours=2)).timestamp()
    for path in left:
        os.utime(path, (moment, moment))
    way(tmp_path).push(AN, [], no_step)
    assert [path.suffix for path in own.iterdir()] == [".seg"]
