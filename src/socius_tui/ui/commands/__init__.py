"""Commands: what can be done with a key, on every screen, in lists and in forms."""

from socius_tui.ui.commands.command import Command, bindings

__all__ = ["Command", "bindings"]
