"""Pages of notifications: the list of them, and how one wants to be told."""
