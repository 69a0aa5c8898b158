"""Runs a Python script and writes down the highest memory it had, in kB: python _peak.py FILE ...

What the system says of an ended process counts the one that started it as well.
"""

import atexit
import re
import runpy
import sys
from pathlib import Path


def note(target: str) -> None:
    """Write it down."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    Path(target).write_text(re.findall(r"VmHWM:\s+(\d+)", status)[0], encoding="ascii")


if __name__ == "__main__":
    atexit.register(note, sys.argv[1])
    sys.argv = sys.argv[2:]
    runpy.run_path(sys.argv[0], run_name="__main__")
