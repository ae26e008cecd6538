"""The day's end: what it was, what is still open, the sheet to sign."""
