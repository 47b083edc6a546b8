"""Whether an error says that nothing can be written: the disk is full or may only be read."""

import errno
import sqlite3

_SYSTEM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_SQLITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_FSYNC,
}
_POSTGRESQL = {"53100", "25006"}  # disk_full, read_only_sql_transaction


def says_full(error: BaseException | None) -> bool:
    """Whether `error`, or one that it was raised for, is of that kind."""
    while error is not None:
        code = getattr(error, "sqlite_errorcode", 0)
        if (
            code in _SQLITE
            or code & 0xFF in _SQLITE  # an extended code has the plain one in its last byte
            or getattr(error, "sqlstate", "") in _POSTGRESQL
            or (isinstance(error, OSError) and error.errno in _SYSTEM)
        ):
            return True
        error = error.__cause__ or error.__context__
    return False
