"""The pages of administrators; every deed on them stands in the audit log."""
