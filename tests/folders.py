"""Where tests keep their files: in memory, where there is room for them.

Half of what a test run waits for is the disk: each Hallway that a test starts makes sure of every
write, as in production. No test takes the power away from the machine, so memory does as well.
"""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes, about twice what a whole run has needed


def quick() -> Path | None:
    """Return a folder in memory that everybody can enter; None means the usual place."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK)):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None
