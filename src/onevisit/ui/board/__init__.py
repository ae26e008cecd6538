"""期限 (挂图作战): all open matters as cards, side by side by the time that is left."""
