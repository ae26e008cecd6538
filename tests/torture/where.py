"""Where an error arose, in one line."""

from pathlib import Path
from traceback import extract_tb


def trace_words(error: BaseException) -> str:
    """``KeyError at a.py:12 f < b.py:3 g``, innermost first; without Qt, unlike the program's own."""
    steps = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' < '.join(reversed(steps))}"
