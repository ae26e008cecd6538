"""Pages as pixels, as a print system without PDF wants them."""

from typing import Protocol


class PagePixels(Protocol):
    """One page: rows from the top, four bytes a pixel (red, green, blue, alpha)."""

    @property
    def width(self) -> int:
        """In pixels."""
        ...

    @property
    def height(self) -> int:
        """In pixels."""
        ...

    @property
    def stride(self) -> int:
        """Bytes from one row to the next."""
        ...

    @property
    def data(self) -> bytes:
        """The rows."""
        ...
