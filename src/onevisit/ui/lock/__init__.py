"""The lock over the window: when it falls, what it shows, how it gives everything back."""
