"""The least that Textual can paint: an application with one line of text."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("SD1 bare")


if __name__ == "__main__":
    Bare().run()
