"""Backups: one tar file with the database, the stored files, and what proves them whole."""
