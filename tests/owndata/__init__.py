"""Handing out what is held of a person, and erasing it."""
