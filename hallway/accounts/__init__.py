"""Accounts: how people come in, and the one way to end their access."""
