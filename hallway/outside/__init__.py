"""Being told outside of Hallway, at hours one has chosen oneself."""
