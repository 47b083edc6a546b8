"""Measurements of Hallway, always as a ratio within one run: `make bench`."""
