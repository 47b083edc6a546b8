"""What people do with Hallway, in a real browser against the real thing."""
