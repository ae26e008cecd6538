"""The slip page: see what will be printed, print it without a dialog, say whether it came out."""
