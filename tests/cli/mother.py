"""Commands in processes of their own, without the second in which each would load Django.

A mother process has loaded all that needs no settings and forks a command on demand; settings,
models and what else is Hallway's own each command reads for itself, as `hallway` does.
"""

import ctypes
import importlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).parents[2]
LONGEST = 60  # seconds a command may take
MESSAGE = 65_536
NEED_SETTINGS = ("hallway", "django.contrib", "allauth", "axes")
# Root may otherwise read and write what its modes forbid; from linux/capability.h.
VERSION_3, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 0x20080522, 1, 2


class Mother:
    """Where commands come from; end it with `close`."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(2 * LONGEST)
        clean = {key: text for key, text in os.environ.items() if not key.startswith("HALLWAY_")}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-B", "-m", "tests.cli.mother", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env=clean,
            )

    def hallway(
        self, *arguments: str, folder: Path, before: str = "", **given: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command in `folder`, with no settings but these; `before` is a name of BEFORE."""
        task = {"arguments": arguments, "folder": str(folder), "before": before, "set": given}
        with ExitStack() as open_ends:
            (out, out_end), (err, err_end) = os.pipe(), os.pipe()
            ends = [open_ends.enter_context(os.fdopen(end)) for end in (out, err)]
            socket.send_fds(self._line, [json.dumps(task).encode()], [out_end, err_end])
            os.close(out_end)
            os.close(err_end)
            # One after the other: what a command says fits into a pipe.
            outcome = [end.read() for end in ends]
        return subprocess.CompletedProcess(arguments, int(self._line.recv(MESSAGE)), *outcome)

    def close(self) -> None:
        """End the mother; she has no children then."""
        self._line.close()
        self._process.wait(timeout=LONGEST)


def obey_modes() -> None:
    """Let modes of files count for root, too."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0, os.strerror(ctypes.get_errno())
    for kind in range(3):  # effective, permitted, inheritable
        sets[kind] &= ~(1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    assert libc.capset(header, sets) == 0, os.strerror(ctypes.get_errno())


def full_disk() -> None:
    """Every write of a file fails, which is as near to a full disk as a test comes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


BEFORE: Mapping[str, Callable[[], None]] = {"obey_modes": obey_modes, "full_disk": full_disk}


def _mother(line: socket.socket) -> None:
    _load()
    while True:
        words, given, _flags, _address = socket.recv_fds(line, MESSAGE, 2)
        if not words:
            return
        child = os.fork()
        if child == 0:
            line.close()
            sys.exit(_command(json.loads(words), given))
        for end in given:
            os.close(end)
        _pid, status = os.waitpid(child, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _command(task: Mapping[str, object], ends: Sequence[int]) -> int:
    from hallway.cli import main

    signal.alarm(LONGEST)
    for target, end in enumerate([os.open(os.devnull, os.O_RDONLY), *ends]):
        os.dup2(end, target)
        os.close(end)
    os.chdir(str(task["folder"]))
    os.environ.update(dict(task["set"]))  # type: ignore[call-overload]
    if task["before"]:
        BEFORE[str(task["before"])]()
    return main(list(task["arguments"]))  # type: ignore[call-overload]


def _load() -> None:
    """Load what commands will load, but for what needs settings; a first child finds out."""
    from hallway.cli import _parser

    _parser()
    told, tell = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        if os.fork() == 0:
            os.environ |= {"HALLWAY_DATA": folder, "DJANGO_SETTINGS_MODULE": "hallway.settings"}
            django.setup()
            import hallway.urls
            import hallway.worker  # noqa: F401

            os.write(tell, " ".join(sys.modules).encode())
            os._exit(0)
        os.close(tell)
        with os.fdopen(told) as found:
            names = found.read().split()
        os.wait()
    for name in names:
        if not name.startswith(NEED_SETTINGS):
            # Some can only be loaded by another that is loaded before it.
            with suppress(ImportError):
                importlib.import_module(name)
    # Else every command would have those of the mother.
    assert not settings.configured


if __name__ == "__main__":
    _mother(socket.socket(fileno=int(sys.argv[1])))
