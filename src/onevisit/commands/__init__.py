"""The command line for whoever keeps the house: everything goes through the same desk as in the window."""
