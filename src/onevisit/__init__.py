"""onevisit (最多访一次 · 窗口接访): the desktop client of a petition-reception window."""

__version__ = "0.1.0"
