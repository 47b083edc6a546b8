"""Pages and deeds of town halls; each view loads through the viewer, acts, answers."""
