"""Databases that live as long as one test run."""
