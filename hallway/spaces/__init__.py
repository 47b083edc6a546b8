"""Spaces: the one container for everything people publish, and who belongs to it."""
