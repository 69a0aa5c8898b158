"""socius-tui: keep a policy plan alive in a terminal."""

__version__ = "0.1.0"
