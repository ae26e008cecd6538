"""The administrator's page: accounts, the unit, printers, how the window looks; and everybody's own settings."""
