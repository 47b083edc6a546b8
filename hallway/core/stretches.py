"""An object of a store read as a file: from one answer while one reads on, anew after a jump."""

import errno
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from types_boto3_s3.type_defs import GetObjectOutputTypeDef


class Stretches(io.RawIOBase):
    """The bytes of an object that never changes; nothing of it is kept in memory."""

    def __init__(self, get: "Callable[[int], GetObjectOutputTypeDef]") -> None:
        """Begin with all of it; `get` answers with what there is from a byte on."""
        super().__init__()
        self._get = get
        answer = get(0)
        self._body, self._size = answer["Body"], answer["ContentLength"]
        self._at = 0  # where the answer goes on
        self._wanted = 0  # where one reads on

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._wanted

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there; nothing is asked for before one reads. Raises ValueError before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._wanted, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("There is nothing before the beginning.")
        self._wanted = base + offset
        return self._wanted

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read on. Raises OSError if the answer ends too soon."""
        room = memoryview(buffer).cast("B")
        if self._wanted >= self._size or not room:
            return 0
        if self._at != self._wanted:
            self._body.close()
            self._body = self._get(self._wanted)["Body"]
            self._at = self._wanted
        try:
            piece = self._body.read(len(room))
        except BotoCoreError as error:
            raise OSError(errno.EIO, f"The object store broke off: {error}") from error
        if not piece:
            raise OSError(errno.EIO, "The object store broke off")
        room[: len(piece)] = piece
        self._at = self._wanted = self._at + len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()
