"""`python -m socius_tui` is the same as `socius`."""

import sys

from socius_tui.cli import main

sys.exit(main())
