"""Streams: the newest of what a person may see, read and never delivered."""
