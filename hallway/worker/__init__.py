"""The worker: runs the readers of the journal and the daily chores; knows all of them by name."""

from hallway.worker.loop import run, run_in_thread

__all__ = ["run", "run_in_thread"]
