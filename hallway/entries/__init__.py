"""Entries: everything people publish, and the one rule about who may see it."""
