"""How long work tells how far it is, without knowing who listens."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Steps done, steps in all (0 when unknown), and what is being done, in Chinese; it may raise to stop the work."""


def no_progress(done: int, total: int, what: str) -> None:
    """Nobody listens."""
