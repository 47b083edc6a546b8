"""The log of administrative deeds: who did what to whom, when; only ever added to."""
