"""The digest: what is in it is read, and then written, at the moment it is sent."""
