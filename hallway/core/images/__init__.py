"""Pictures people upload: parsed and re-encoded in a limited child process, never in ours."""

from hallway.core.images.accepting import (
    COVER,
    LOGO,
    MAX_MEGABYTES,
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
    "MAX_MEGABYTES",
    "POST",
    "PROFILE",
    "ImageRefused",
    "Picture",
    "Sizes",
    "Turn",
    "accept",
    "turn",
]
