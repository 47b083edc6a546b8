"""Posts: words and images that somebody shares in a space or on their wall."""
