"""Nothing to exchange: a whole `socius sync` against a whole `socius status`.

    python bench/sync_nothing.py [-n ROUNDS]

Two laptops have exchanged everything, through a shared folder and through a hub on this computer
(PostgreSQL, without fsync). What is measured is one more `socius sync` of one of them, from the
start of the process to its end. It asks who is there and what is new, says so in the file, and
writes nothing in the other place.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from _measure import HERE, SOCIUS, environment, interleaved, process, report, rounds, workplace
from _sync import colleague, take

from socius_tui.services.session import Session
from socius_tui.services.sync.hub.administration import Hub, make
from socius_tui.services.sync.running import run
from socius_tui.store.sync.exchange import Arrangement

sys.path.insert(0, str(HERE.parent))
from tests.services.sync.hub_server import Room, Server

FLOOR, LOADED = "socius status", "python -c 'import psycopg'"


def laptop(demo: Path, path: Path, place: Arrangement) -> None:
    """A laptop with some work of a colleague, that has exchanged through a place."""
    shutil.copyfile(demo, path)
    with Session(path) as session:
        take(session, colleague(demo, path.parent, 50))
        run(session, place, new=place.kind == "folder")
        run(session, place)


def main() -> None:
    """Measure and report."""
    n = rounds(11, "nothing to exchange")
    with workplace() as (folder, demo):
        server = Server(folder / "server")
        try:
            room = Room(server)
            make(room.owner_url)
            login = room.login("laptop")
            with Hub(room.owner_url) as hub:
                hub.add_member(login, "contact_person")
            places = {
                "folder": Arrangement("folder", str(folder / "shared")),
                "hub": Arrangement("hub", room.url(login)),
            }
            print("goals: through a folder at most 1.5 x, through a hub at most 2 x")
            for kind, place in places.items():
                path = folder / f"{kind}.db"
                laptop(demo, path, place)
                env = environment(folder, path, XDG_STATE_HOME=str(folder / "state"))
                works = {
                    FLOOR: process([SOCIUS, "status"], env),
                    f"socius sync, {kind}": process([SOCIUS, "sync"], env),
                    "socius sync --status": process([SOCIUS, "sync", "--status"], env),
                }
                if kind == "hub":  # what is loaded to speak with PostgreSQL, by itself
                    works[LOADED] = process([sys.executable, "-c", "import psycopg"], env)
                report(interleaved(works, n), FLOOR)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
