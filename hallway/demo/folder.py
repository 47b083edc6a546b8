"""The folder of the demo: what marks it as one, who is using it, and how it is emptied."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = "this-is-a-demo"
_BUILDING = "The made-up company is being built; a start that finds this begins anew.\n"
_READY = "A made-up company lives here. `hallway demo --reset` empties this folder.\n"
# Django's settings make the key as soon as they are read, before anybody can look around.
_MADE_BY_SETTINGS = {"secret-key"}


class NotADemo(Exception):
    """The folder may hold a real company; the text says so to the person at the keyboard."""


class DemoInUse(Exception):
    """Another process has this demo open."""


@contextmanager
def claimed(folder: Path) -> Iterator["DemoFolder"]:
    """Hold `folder` as a demo while the block runs; an empty one becomes a demo.

    Raises NotADemo for a folder with other things in it, and DemoInUse while another process
    holds it. Nothing is changed before both are ruled out.
    """
    require_demo(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / MARKER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoInUse(
                f"The demo in {folder} is open in another process. Stop that one first (Ctrl+C)."
            ) from error
        yield DemoFolder(folder)
    finally:
        os.close(descriptor)


def require_demo(folder: Path) -> None:
    """Raise NotADemo unless `folder` is marked as a demo, is empty or does not exist."""
    if (folder / MARKER).is_file() or not folder.exists():
        return
    if not folder.is_dir() or {path.name for path in folder.iterdir()} - _MADE_BY_SETTINGS:
        raise NotADemo(
            f"{folder} is not the folder of a demo, so the demo keeps away from it."
            " Leave HALLWAY_DATA out, or name an empty folder."
        )


class DemoFolder:
    """A folder that is held; made by `claimed`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def is_ready(self) -> bool:
        """Whether a company was built here to the end."""
        return (self.path / MARKER).read_text("utf-8") == _READY

    def begin(self) -> None:
        """Empty the folder, but for the marker (which is locked) and the key of the settings."""
        (self.path / MARKER).write_text(_BUILDING, "utf-8")
        for path in self.path.iterdir():
            if path.name in _MADE_BY_SETTINGS | {MARKER}:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def finish(self) -> None:
        """Note that the company is complete."""
        (self.path / MARKER).write_text(_READY, "utf-8")
