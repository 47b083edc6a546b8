"""The hub: holds the open screens and tells them, in order, what the journal says was done."""
