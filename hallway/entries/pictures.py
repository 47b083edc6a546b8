"""Take uploaded images in: re-encode each, store its variants, keep the words beside it."""

from collections.abc import Sequence
from typing import Any

from hallway.core.images import accept
from hallway.core.storage import store
from hallway.core.text import clean_line
from hallway.entries.actions.publish import NewImage


def take_in(files: Sequence[Any], alts: Sequence[str]) -> list[NewImage]:
    """Re-encode and store `files`, in order, with the description of the same place in `alts`.

    Runs before the write transaction, since each picture takes a child process. A picture whose
    entry is never written stays on disk until the storage is swept. Raises ImageRefused.
    """
    images = []
    for place, file in enumerate(files):
        picture = accept(file)
        images.append(
            NewImage(
                stored={width: store(data, ".webp") for width, data in picture.variants.items()},
                width=picture.width,
                height=picture.height,
                alt=clean_line(alts[place]) if place < len(alts) else "",
            )
        )
    return images
