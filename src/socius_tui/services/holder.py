"""Which running program has a form open, so that no other one offers it."""

from __future__ import annotations

import os
import platform
from typing import Final

_STARTED: Final = 19  # of the words of /proc/PID/stat after the name: ticks since the computer did
_DEAD: Final = ("Z", "X")


def this_program() -> str:
    """This one, as "computer:process:start"."""
    pid = os.getpid()
    return f"{_computer()}:{pid}:{_started(pid)}"


def is_running(holder: str) -> bool | None:
    """Whether that program still runs; None when it cannot be known from here.

    A process number is used again, so the start must be the same too, where the system says it.
    """
    parts = holder.rsplit(":", 2)
    if len(parts) != 3 or not parts[1].isdecimal():
        return False
    computer, pid, start = parts[0], int(parts[1]), parts[2]
    if computer != _computer() or os.name != "posix":  # elsewhere signal 0 is no question
        return None
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True  # of somebody else
    except (ProcessLookupError, OverflowError):
        return False
    return _started(pid) == start


def _computer() -> str:
    return platform.node().replace(":", "-")


def _started(pid: int) -> str:
    """When a process started; "" when it ended or the system does not say (Linux does)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            words = file.read().rpartition(")")[2].split()
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            boot = file.read(8)
    except OSError:
        return ""
    if len(words) <= _STARTED or words[0] in _DEAD:
        return ""
    return f"{boot}-{words[_STARTED]}"
