"""The one ordered, durable log of deeds: written with each change, read by everything that follows.

Rows hold references, never text. See `writer`, `reader`, `following` and `watching`.
"""
