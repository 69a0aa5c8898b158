"""--known-at: for every command that shows, and for none that writes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Socius
from tests.cli.test_options import COMMANDS

THEN = "2017-01-15T12:00Z"
SHOWING = (
    ("status",),
    ("explain", "OD1.3-a"),
    ("indicator", "OD1.3-c"),
    ("goal", "show", "OD2.3"),
    ("organisation", "list"),
    ("organisation", "show", "VER-01"),
    ("visit", "list"),
    ("progress", "list"),
    ("followup", "list"),
    ("person", "list"),
    ("history",),
    ("plan", "list"),
    ("plan", "show"),
    (),
)
EXPORTS = {command for command in COMMANDS if command[:1] in (("export",), ("report",))}
LOOKING_BACK = {
    *SHOWING[1:-1], *EXPORTS, ("status",), ("period", "list"), ("plan", "compare"),
    ("agenda",), ("compare",), ("spheres",), ("calendar",), ("touch",), ("needs",),
    ("analysis", "list"), ("analysis", "survey"), ("logic", "show"), ("view", "list"),
    ("action", "list"), ("mandate", "list"),
}  # fmt: skip
WORDS = "15 January 2017, 12:00 UTC"


@pytest.mark.parametrize("command", SHOWING, ids=" ".join)
def test_what_shows_says_at_which_moment_it_was_known(
    demo: Path, socius: Socius, command: tuple[str, ...]
) -> None:
    now, then = socius(*command), socius(*command, "--known-at", THEN)
    assert WORDS in then.out
    assert WORDS not in now.out
    assert now.out.splitlines()[:-3] != then.out.splitlines()[:-3] or command[0] == "person"


@pytest.mark.parametrize("command", [c for c in COMMANDS if len(c) > 0], ids=" ".join)
def test_what_writes_refuses_and_its_help_does_not_offer_it(
    socius: Socius, command: tuple[str, ...]
) -> None:
    offered = "--known-at" in socius(*command, "--help").out
    group = {c[:-1] for c in COMMANDS if len(c) > 1} | {("hub", "member")}
    known = {c[:2] if len(c) > 1 and c[:2] in COMMANDS else c[:1] for c in LOOKING_BACK}
    assert offered is (command in known or command in group)


@pytest.mark.parametrize(
    "command",
    [
        ("visit", "add", "VER-01", "--date", "2018-06-01"),
        ("progress", "add", "OD1.3-a", "3", "--date", "2018-06-01"),
        ("person", "add", "Jo"),
        ("init",),
        ("completion", "bash"),
    ],
    ids=" ".join,
)
def test_a_command_that_writes_says_no(
    demo: Path, socius: Socius, command: tuple[str, ...]
) -> None:
    before = demo.read_bytes()
    for moment in (THEN, "2199-01-01"):
        said = socius("--known-at", moment, *command, code=2)
        assert "works on what is in the file now" in said.err
    assert demo.read_bytes() == before


def test_two_dates_are_two_questions(demo: Path, socius: Socius) -> None:
    def plan(*more: str) -> dict[str, object]:
        found: list[dict[str, object]] = json.loads(socius("status", "--format", "json", *more).out)
        return found[0]

    day = ("--as-of", "2016-12-31")
    now, late, early = (
        plan(*day),
        plan(*day, "--known-at", "2018-01-15"),
        plan(*day, "--known-at", "2016-10-01"),
    )
    assert now == late  # everything about 2016 was known by then
    assert early["progress"] != now["progress"]
    assert early["as_of"] == now["as_of"] == "2016-12-31"


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("2015-01-01", 1, "The journal of this file begins on 1 January 2016"),
        ("later", 2, "--known-at: “later” is not a moment that can be read."),
        ("15/1/2017 25:00", 2, "has a time that no clock shows"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words(
    demo: Path, socius: Socius, typed: str, code: int, part: str
) -> None:
    assert part in socius("status", "--known-at", typed, code=code).err


def test_who_somebody_is_does_not_depend_on_the_moment(fresh: Path, socius: Socius) -> None:
    socius("person", "add", "Jo Maes")
    said = socius("visit", "list", "--mine", "--as", "Jo Maes", "--known-at", "2017-01-01")
    assert "As known on 1 January 2017, 23:59" in said.out
    assert "Jo Maes" not in socius("person", "list", "--known-at", "2017-01-01").out


# ---- the content hash


def digits(printed: str) -> str:
    """The content hash that was printed."""
    (line,) = [line for line in printed.splitlines() if "ontent " in line]
    return line.rpartition("ontent ")[2].strip()


def test_the_hash_is_that_of_the_csv(demo: Path, socius: Socius, tmp_path: Path) -> None:
    for more in (("--lang", "nl"), ("--goal", "SD2", "--known-at", THEN)):
        csv = socius("status", "--format", "csv", *more).out
        whole = hashlib.sha256(csv.encode()).hexdigest()
        for form in ("table", "markdown"):
            assert whole[:16] in socius("status", "--format", form, *more).out
    written = socius("export", "status", tmp_path / "status.csv")
    assert (
        digits(written.out)
        == hashlib.sha256((tmp_path / "status.csv").read_bytes()).hexdigest()[:16]
    )


@pytest.mark.parametrize("what", ["status", "visits", "measurements", "organisations"])
def test_an_export_tells_what_is_in_it_in_either_form(
    demo: Path, socius: Socius, tmp_path: Path, what: str
) -> None:
    machine = digits(socius("export", what, tmp_path / "a.csv").out)
    assert machine == hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest()[:16]
    assert digits(socius("export", what, tmp_path / "b.csv", "--excel").out) == machine
    then = digits(socius("export", what, tmp_path / "c.csv", "--known-at", THEN).out)
    again = digits(socius("export", what, tmp_path / "d.csv", "--known-at", THEN).out)
    assert then == again
    assert then != machine
    assert (tmp_path / "c.csv").read_bytes() == (tmp_path / "d.csv").read_bytes()


def test_for_machines_there_is_nothing_below_the_rows(demo: Path, socius: Socius) -> None:
    for form in ("csv", "json"):
        said = socius("status", "--format", form, "--known-at", THEN)
        assert WORDS not in said.out
        assert not said.err
    assert socius("export", "status", "-").out == socius("status", "--format", "csv").out
