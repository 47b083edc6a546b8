"""Pictures people upload: parsed and re-encoded in a limited child process, never in ours."""

from hallway.core.images.accepting import (
    COVER,
    LOGO,
    POST,
    PROFILE,
    ImageRefused,
    Picture,
    Sizes,
    accept,
)
from hallway.core.images.turns import Turn, turn

__all__ = [
    "COVER",
    "LOGO",
    "POST",
    "PROFILE",
    "ImageRefused",
    "Picture",
    "Sizes",
    "Turn",
    "accept",
    "turn",
]
