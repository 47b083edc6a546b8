"""Stories about spaces."""
