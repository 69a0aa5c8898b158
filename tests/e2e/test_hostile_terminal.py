"""Text that another program put in the file never reaches the terminal as a command."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.hostile import HOSTILE, raw_signatures_in

_COLUMNS = (
    ("plan", "title"),
    ("goal", "title"),
    ("goal", "summary"),
    ("goal", "challenge"),
    ("indicator", "title"),
    ("indicator", "definition"),
    ("indicator", "unit"),
    ("indicator", "collection_method"),
    ("work_type", "name"),
    ("person", "name"),
    ("organisation", "name"),
    ("organisation", "municipality"),
    ("organisation", "federation"),
    ("organisation", "note"),
    ("visit", "summary"),
    ("visit", "private_note"),
    ("visit_met", "name"),
    ("visit_need", "tag"),
    ("follow_up", "what"),
    ("follow_up", "outcome"),
    ("measurement", "note"),
    ("measurement", "qualifier"),
    ("measurement", "evidence"),
    ("narrative", "what_happened"),
    ("target", "qualifier"),
    ("target", "reason"),
)


@pytest.fixture(scope="module")
def hostile_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with hostile text in every column that is shown."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("hostile") / "demo.db"))
    texts = [h.text for h in HOSTILE if h.text and h.text.isprintable() is False]
    texts += [h.text for h in HOSTILE if "[" in h.text or "=" in h.text]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    for number, (table, column) in enumerate(_COLUMNS):
        ids = [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id DESC")]
        for place, identifier in enumerate(ids[:200]):
            text = texts[(place + 7 * number) % len(texts)]
            with suppress(sqlite3.IntegrityError, UnicodeEncodeError):
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE id = ?", (text, identifier)
                )
    connection.execute("COMMIT")
    connection.close()
    return path


#: Keys that lead through everything that is shown, each with what is on the screen then.
#: Keys in between (arrows, folding) are worked off in order before that. The last line of a
#: dialog says how to leave it: until that is drawn the dialog is not, and once it is gone
#: escape has worked (a key that comes at once after escape is another key to a terminal).
_LEAVING = "esc "
_WALK = (
    ("e", "Uitgewerkt", _LEAVING),
    ("\x1b", ""),
    ("c", "Dekking"),
    ("w", "Onlangs"),
    ("s", "Verouderd of vervalt"),
    ("g\x1b[B\x1b[B", "Doelen"),
    ("2", "Doelenboom"),
    ("\x1b[B" * 4 + "\x1b[C\x1b[B", "Fiche"),
    ("mbn", "Doelenboom"),
    ("3", "[3] Bezoeken"),
    ("\x1b[B" * 6 + "\r", "Bezoek"),
    ("4", "[4] Organisaties"),
    ("\x1b[B" * 6 + "\r", "Organisatie"),
    ("1", "Overzicht"),
    ("?", "Toetsen die hier werken", _LEAVING),
    ("\x1b", ""),
    ("/", "doelen, indicatoren", _LEAVING),
    ("voorbeeld", "Voorbeeld"),
    ("\x1b", ""),
)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_no_text_of_the_file_is_a_command(hostile_file: Path, size: tuple[int, int]) -> None:
    with Terminal(["--db", str(hostile_file)], columns=size[0], lines=size[1]) as terminal:
        terminal.wait_for("SD1")
        for keys, *shown in _WALK:
            terminal.press(keys)
            for text in shown:
                terminal.wait_for(text or (lambda screen: _LEAVING not in screen))
        terminal.press("q")
        code = terminal.ended()
    assert code == 0, terminal.text()
    assert raw_signatures_in(bytes(terminal.raw)) == []
    assert "Traceback" not in terminal.text()
