"""A company of the first release, brought to the present form."""
