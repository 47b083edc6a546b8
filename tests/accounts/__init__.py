"""Tests of access: coming in, being locked out, invited, ended."""
