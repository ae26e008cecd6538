"""Matters: one search box over all of them, and one matter with its visits and its timeline."""
