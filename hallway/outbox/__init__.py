"""What waits to be told outside, kept as references; its words are written when it is sent."""
