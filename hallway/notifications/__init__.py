"""Notifications: what happened that concerns one person, kept as references, resolved when read."""
