"""A whole company that plays a town hall through the real doors, so that figures can be checked."""
