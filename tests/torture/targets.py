"""What is given to be fuzzed: something that takes what it is given, and what people might type, scan or hand in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

_SURROGATES_TOO = st.characters()
_LIKELY = st.text(
    alphabet="0123456789Xx０９①²٣ -—_/.()（）+*%'\"\\;:,=@\t\r\n\0王𠮷㐀欧阳ABCＡＢ\u202e\u200b\ufeff", max_size=40
)
TEXTS = st.one_of(_LIKELY, st.text(max_size=60), st.text(alphabet=_SURROGATES_TOO, max_size=12))
SOME_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that takes what it is given.

    Attributes:
        name: what it is.
        inputs: what it is given.
        call: gives it.
        slow: it works with a store and reads it again, so it is given a tenth of the examples.
    """

    name: str
    inputs: st.SearchStrategy[Any]
    call: Callable[[Any], object]
    slow: bool = False


def near(known: str) -> st.SearchStrategy[str]:
    """The text itself with a few characters changed, or any other."""
    places = st.integers(0, len(known) - 1)
    changed = st.lists(st.tuples(places, st.text(max_size=2)), max_size=3)

    def change(changes: list[tuple[int, str]]) -> str:
        text = known
        for place, new in changes:
            text = text[:place] + new + text[place + 1 :]
        return text

    return st.one_of(changed.map(change), TEXTS)
