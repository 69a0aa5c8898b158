"""No file names the machine it was made on, or where packages come from."""

from __future__ import annotations

import re

import pytest

from tests.hygiene.sources import place, project_files

# Spelled in pieces, or this file would be the first finding.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)
REGISTRY = re.compile("|".join(re.escape(host) for host in HOSTS), re.IGNORECASE)
# An absolute path into somebody's home or work folder; "~/x" and "https://x/home/y" are not.
HOME = re.compile(
    r"(?<![\w.~}>)-])/(?:home/\w|Users/\w|root/|work/|var/home/)|[A-Za-z]:\\+Users\\+\w"
)
ADDRESS_OPTION = re.compile(r"--(?:extra-)?index-url[ =]\S*:|--find-links[ =]|--trusted[-]host")


def findings(text: str) -> list[tuple[int, str]]:
    return [
        (number, match.group())
        for number, line in enumerate(text.splitlines(), 1)
        for rule in (REGISTRY, HOME, ADDRESS_OPTION)
        if (match := rule.search(line))
    ]


def test_no_registry_and_no_home_in_any_file() -> None:
    files = project_files()
    assert files
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = path.read_bytes().decode("latin-1")
        found += [f"{place(path, number)} {what}" for number, what in findings(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (f"pip install -i https://{HOSTS[0]}/simple x", 1),
        (f"see https://files.{HOSTS[1]}/packages", 1),
        ("cd " + "/".join(("", "home", "an", "socius")), 1),
        ("in '" + "/".join(("", "root", "x")) + "'", 1),
        ("C:" + "\\".join(("", "Users", "an")), 1),
        ("--find-links" + " wheels", 1),
        ("cd ~/home/an", 0),
        ("https://example.org/home/an", 0),
        ("tests/work/x and .venv/root/", 0),
        ("the root of the tree", 0),
    ],
)
def test_the_rules_find_what_they_should(line: str, count: int) -> None:
    assert len(findings(line)) == count


def test_constraints_are_exact_and_hashed() -> None:
    """Each package one version, each with hashes, and nothing else in the file."""
    (path,) = (path for path in project_files() if path.name == "constraints.txt")
    lines = [
        line
        for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    exact = re.compile(r"[a-z0-9-]+==[0-9][\w.]*(?: ; [^#\\]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+")
    wrong = [line[:80] for line in lines if not exact.fullmatch(line.strip())]
    assert not wrong, wrong
    names = [line.partition("==")[0] for line in lines]
    assert len(names) == len(set(names))
    assert {"textual", "sqlite-utils", "pydantic", "pytest", "hatchling"} <= set(names)
