"""Pictures people upload: parsed and re-encoded in a limited child process, never in ours."""

from hallway.core.images.accepting import POST, PROFILE, ImageRefused, Picture, Sizes, accept

__all__ = ["POST", "PROFILE", "ImageRefused", "Picture", "Sizes", "accept"]
