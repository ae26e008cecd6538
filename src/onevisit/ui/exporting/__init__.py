"""Taking a list out of the store: which days, why, and where to."""
