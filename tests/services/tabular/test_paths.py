"""What stands at a path is looked at before it is opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from threading import Thread

import pytest

from socius_tui.errors import FileProblem
from socius_tui.services.exchange.tabular.source import open_source
from tests.services.tabular.workbooks import xlsx


def refusal(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        open_source(path)
    assert caught.value.hint
    return caught.value.message


def test_what_is_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("link").symlink_to("gone")
    Path("round").symlink_to("round")
    Path("folder").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert refusal(Path("socket")) == "socket is a socket, not a file. [file.kind]"
    assert refusal(Path("pipe")) == "pipe is a pipe, not a file. [file.kind]"
    assert refusal(Path("folder")) == "folder is a folder, not a file. [file.kind]"
    assert refusal(Path("link")) == "link is a link to a file that is not there. [file.kind]"
    assert refusal(Path("/dev/zero")) == "/dev/zero is a device, not a file. [file.kind]"
    assert refusal(Path("gone")) == "There is no file gone."
    assert refusal(Path("round")) == "round cannot be read."
    assert refusal(Path("a\0b")) == "a␀b cannot be read."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a;b\n1;2\n")
    path.chmod(0)
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize("name", [b"x\x1b]0;p\x07.csv", b"a\nb.csv", b"\xff.csv"])
def test_any_name_is_read_and_shown_safely(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"a;b\n1;2\n")
    source = open_source(path)
    assert len(list(source.rows())) == 1
    assert source.file.isprintable()


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl", "list.xlsx"])
def test_a_pipe_that_takes_the_place_of_a_list_is_not_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("xlsx"):
        xlsx(path)
    else:
        path.write_bytes(b'{"a": 1}\n' if name.endswith("l") else b"a;b\n1;2\n")
    source = open_source(path)
    path.unlink()
    os.mkfifo(path)
    said: list[str] = []

    def again() -> None:
        with pytest.raises(FileProblem) as caught:
            list(source.rows())
        said.append(caught.value.message)

    thread = Thread(target=again, daemon=True)  # one that waits for a pipe cannot be stopped
    thread.start()
    thread.join(10)
    assert said == [f"{path} is a pipe, not a file. [file.kind]"]
