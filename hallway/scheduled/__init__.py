"""Scheduled: posts that are written and wait for their time; nobody but their author sees them."""
