"""Where files live. Nothing is created here, and nothing is looked up at import."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

APP: Final = "socius"
DATABASE_VARIABLE: Final = "SOCIUS_DB"


def data_folder() -> Path:
    """The folder for the database and its backups, by the habits of the platform."""
    folder = _linux_folder("XDG_DATA_HOME", ".local/share")
    if folder is None:
        from platformdirs import user_data_path

        folder = user_data_path(APP, appauthor=False)
    return folder


def config_folder() -> Path:
    """The folder for settings."""
    folder = _linux_folder("XDG_CONFIG_HOME", ".config")
    if folder is None:
        from platformdirs import user_config_path

        folder = user_config_path(APP, appauthor=False)
    return folder


def state_folder() -> Path:
    """The folder for what the program remembers by itself."""
    folder = _linux_folder("XDG_STATE_HOME", ".local/state")
    if folder is None:
        from platformdirs import user_state_path

        folder = user_state_path(APP, appauthor=False)
    return folder


def _linux_folder(variable: str, below_home: str) -> Path | None:
    """On Linux what platformdirs gives there, without the 10 ms that its import costs.

    None elsewhere, and where it is not as plain as this; a test compares the two.
    """
    given, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if sys.platform != "linux" or hasattr(sys, "getandroidapilevel"):
        return None
    if given.startswith("/"):
        return Path(given) / APP
    return Path(home) / below_home / APP if home.startswith("/") else None


def database_path(given: str | Path | None, environ: Mapping[str, str] | None = None) -> Path:
    """The database to open: the one given, else SOCIUS_DB, else the one in the data folder."""
    environ = os.environ if environ is None else environ
    chosen = given or environ.get(DATABASE_VARIABLE)
    return Path(chosen).expanduser() if chosen else data_folder() / "socius.db"


def settings_path() -> Path:
    """The settings file (TOML); it need not exist."""
    return config_folder() / "settings.toml"


def remembered_path() -> Path:
    """What the program remembers of how it was left (JSON); it need not exist."""
    return state_folder() / "remembered.json"


def mark_path(replica: str) -> Path:
    """What this computer knows of the file that writes under a name (JSON); it need not exist."""
    return state_folder() / "replicas" / f"{replica}.json"


def resource(name: str) -> Path:
    """A file or folder that ships with the program: `schema.sql`, `sample_data/…`.

    A wheel carries them inside the package; a source checkout has them at its root.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parents[1] / name
