"""People from outside: asked into one space by its managers, until a day that is agreed."""
