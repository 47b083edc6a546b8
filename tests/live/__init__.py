"""Open screens and what they are told: always the same as a page read anew."""
