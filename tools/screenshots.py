"""Pictures of the screens for the documentation, taken from the demo.

The same demo gives the same pictures, so a difference in docs/images is a difference in what
the program shows. They are SVG of text: small, sharp at any size, and found by a search. The
web fonts that Textual puts in are taken out: nothing in a picture points to another host, and
a monospace font of the reader's machine is used.

    python -m tools.screenshots [--to FOLDER] [NAME ...]
"""

from __future__ import annotations

import os

# Read by Textual when it is imported, so before that.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

import argparse
import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerState

from socius_tui.i18n import get_language, set_language
from socius_tui.services.demo import build_demo
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.ui.app import SociusApp
from socius_tui.ui.themes import DARK, LIGHT

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "images"
WIDE: Final = (120, 36)
SMALL: Final = (80, 24)
THEMES: Final = {"dark": DARK.name, "light": LIGHT.name}
FONTS: Final = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"

_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_INSIDE = re.compile(r"url\(#[\w-]+\)")
_FETCHED = re.compile(r"//|url\(|@import", re.IGNORECASE)


class Shot(NamedTuple):
    """One picture: which keys lead to it, how large, in which language, in which themes."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = WIDE
    language: str = "nl"
    themes: tuple[str, ...] = ("dark", "light")


def typed(text: str) -> tuple[str, ...]:
    """The keys with which a text is typed."""
    special = {" ": "space", "-": "minus", "/": "slash", ".": "full_stop"}
    return tuple(special.get(character, character) for character in text)


_TO_OD23: Final = ("2", *["down"] * 9)
_TO_OD23A: Final = (*_TO_OD23, "right", "down")

SHOTS: Final = (
    Shot("overview", ("1",)),
    Shot("goals", (*_TO_OD23A, "c")),
    Shot("visits", ("3", *["down"] * 6)),
    Shot("organisations", ("4", *["down"] * 3)),
    Shot(
        "visit-form",
        (*_TO_OD23, "v", *typed("VER-05"), "enter", *typed("29/6/2018"), "tab"),
        size=SMALL,
        themes=("dark",),
    ),
    Shot("agenda", ("5", *["down"] * 2)),
    Shot("planner", ("W", "down")),
    Shot("report", ("6", *["pagedown"])),
    Shot("history", ("7", *["down"] * 2)),
    Shot("explain", (*_TO_OD23A, "e"), size=SMALL, themes=("dark",)),
    Shot("overview-english", ("1",), language="en", themes=("light",)),
    Shot("overview-80x24", ("1",), size=SMALL, themes=("dark",)),
)


def offline(svg: str) -> str:
    """The picture without web fonts and addresses, in fonts that a machine has.

    Raises ValueError when a browser would still fetch something for it.
    """
    svg = _COMMENT.sub("", _FACE.sub("", svg))
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    svg = svg.replace("font-family: arial;", "font-family: sans-serif;")
    for element in ElementTree.fromstring(svg).iter():
        # What a reader sees may name any address; what a browser would fetch may not.
        read = [*element.attrib.values(), (element.text or "") if _is_style(element) else ""]
        for text in read:
            if _FETCHED.search(_INSIDE.sub("", text)):
                raise ValueError(f"a picture points somewhere: {text[:80]!r}")
    return "\n".join(line.rstrip() for line in svg.strip().splitlines()) + "\n"


def _is_style(element: ElementTree.Element) -> bool:
    return element.tag.rpartition("}")[2] == "style"


async def rest(app: SociusApp, pilot: Pilot[Any]) -> None:
    """Wait until nothing is being asked or drawn any more."""
    calm = 0
    while calm < 3:
        await pilot.pause()
        if any(w.state in (WorkerState.PENDING, WorkerState.RUNNING) for w in app.workers):
            await app.workers.wait_for_complete()
            calm = 0
        else:
            calm += 1


async def take(shot: Shot, theme: str, database: Path) -> str:
    """One picture of the demo in this file, as SVG."""

    def open_session() -> Session:
        session = Session(database)
        # As `socius demo` does: the first contact person is at the keyboard.
        session.actor = next(p.id for p in staff(session) if p.role == "contact_person")
        return session

    before = get_language()
    set_language(shot.language)
    try:
        app = SociusApp(open_session, theme=THEMES[theme])
        async with app.run_test(size=shot.size) as pilot:
            await rest(app, pilot)
            for key in shot.keys:
                await pilot.press(key)
                await rest(app, pilot)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await rest(app, pilot)
            return offline(app.export_screenshot(title="socius demo", simplify=True))
    finally:
        set_language(before)


def take_all(
    shots: Iterable[Shot], folder: Path, tell: Callable[[str], object] = lambda _text: None
) -> list[Path]:
    """Take these pictures in a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory(prefix="socius-pictures-") as name:
        database = Path(name, "demo.db")
        build_demo(database)
        for shot in shots:
            for theme in shot.themes:
                path = folder / f"{shot.name}-{theme}.svg"
                # A form that one picture leaves open would be offered on the next.
                own = Path(shutil.copy(database, database.with_name("own.db")))
                path.write_text(asyncio.run(take(shot, theme, own)), encoding="utf-8")
                tell(path.name)
                written.append(path)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("name", nargs="*", help=", ".join(shot.name for shot in SHOTS))
    given = parser.parse_args(arguments)
    unknown = set(given.name) - {shot.name for shot in SHOTS}
    if unknown:
        parser.error("unknown: " + ", ".join(sorted(unknown)))
    chosen = [shot for shot in SHOTS if not given.name or shot.name in given.name]
    take_all(chosen, given.to, print)
    return 0


if __name__ == "__main__":
    sys.exit(main())
