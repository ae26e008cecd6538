"""Modules compiled from forms/*.ui by the build; never edited, never committed."""
