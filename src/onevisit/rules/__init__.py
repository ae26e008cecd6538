"""The law and the window's rules: pure functions and value types, with no window and no store."""
