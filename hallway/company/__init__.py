"""What holds for the whole company, as its administrators settled it."""
