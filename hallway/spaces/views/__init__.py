"""Pages and deeds of spaces at their addresses; each loads through the viewer, acts, answers."""
