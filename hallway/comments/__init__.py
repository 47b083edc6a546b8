"""Comments: answers to entries, with one level of replies."""
