"""Pages for administrators only; for everybody else they are not there."""
