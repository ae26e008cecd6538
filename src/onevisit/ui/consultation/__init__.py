"""The duty lawyer: who waits, the consultation on the desk, its signature and addenda."""
