"""Files in a bucket of an object store that speaks the S3 protocol, which nobody else may read.

An object store answers a write only when it has the bytes for good, so a row may name them then.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BufferedReader
from itertools import groupby
from typing import TYPE_CHECKING

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from boto3.session import Session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import Storage

from hallway.core.kept import Kept
from hallway.core.stretches import Stretches

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import GetObjectOutputTypeDef

ABSENT = {"NoSuchKey", "NotFound", "404"}
FULL = {"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}
MULTIPART = 64 * 2**20  # bytes from which an object travels in parts


class NotKept(OSError):
    """The object store did not do what it was asked to; the text says what it answered."""


class Bucket(Storage):
    """The objects below `prefix` of one bucket, as Django's storages have it."""

    def __init__(
        self,
        bucket: str,
        prefix: str = "",
        endpoint: str = "",
        region: str = "",
        key: str = "",
        secret: str = "",
    ) -> None:
        self.bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._endpoint, self._region = endpoint, region
        self._key, self._secret = key, secret

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: ours are random, so nobody else has it."""
        return name

    def exists(self, name: str) -> bool:
        """Whether it is there. Raises NotKept."""
        try:
            with _answered(name):
                self._client.head_object(Bucket=self.bucket, Key=self._prefix + name)
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        """Erase it; nothing happens if it is gone. Raises NotKept."""
        with _answered(name):
            self._client.delete_object(Bucket=self.bucket, Key=self._prefix + name)

    def folders(self) -> Iterator[list[Kept]]:
        """Yield what is there in the order of names, one top folder at a time. Raises NotKept."""
        for _top, found in groupby(self._listed(), key=lambda kept: kept.name.partition("/")[0]):
            yield [*found]

    def is_open_to_all(self, name: str) -> bool:
        """Whether anybody may read the object without being known. Raises NotKept."""
        try:
            self._connect(known=False).get_object(Bucket=self.bucket, Key=self._prefix + name)
        except ClientError:
            return False
        except BotoCoreError as error:
            raise NotKept(errno.EIO, str(error), name) from error
        return True

    def _listed(self) -> Iterator[Kept]:
        pages = self._client.get_paginator("list_objects_v2")
        with _answered(self.bucket):
            for page in pages.paginate(Bucket=self.bucket, Prefix=self._prefix):
                for each in page.get("Contents", ()):
                    name = each["Key"].removeprefix(self._prefix)
                    yield Kept(name, each["Size"], each["LastModified"])

    def _save(self, name: str, content: "File[bytes]") -> str:
        content.seek(0)
        # As with a disk that may only be read: whoever writes words is told, and keeps them.
        with _answered(name, errno.EROFS):
            self._client.upload_fileobj(
                content,
                self.bucket,
                self._prefix + name,
                Config=TransferConfig(multipart_threshold=MULTIPART, use_threads=False),
            )
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        key = self._prefix + name

        def get(start: int) -> "GetObjectOutputTypeDef":
            with _answered(name):
                if not start:
                    return self._client.get_object(Bucket=self.bucket, Key=key)
                return self._client.get_object(Bucket=self.bucket, Key=key, Range=f"bytes={start}-")

        return File(BufferedReader(Stretches(get)), name)

    @cached_property
    def _client(self) -> "S3Client":
        return self._connect(known=True)

    def _connect(self, *, known: bool) -> "S3Client":
        """A client; without a key of ours boto3 finds the machine's: environment, file, role."""
        return Session(
            aws_access_key_id=self._key or None,
            aws_secret_access_key=self._secret or None,
            region_name=self._region or None,
        ).client(
            "s3",
            endpoint_url=self._endpoint or None,
            config=Config(
                signature_version="s3v4" if known else UNSIGNED,
                connect_timeout=5,
                read_timeout=30,
                max_pool_connections=64,  # as many as there may be threads
                retries={"mode": "standard", "total_max_attempts": 3},
                s3={"addressing_style": "path" if self._endpoint else "auto"},
                # Newer checksums are not known to every store; what travels is signed or in TLS.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )


@contextmanager
def _answered(name: str, otherwise: int = errno.EIO) -> Iterator[None]:
    """Raise FileNotFoundError, or NotKept with an errno, for what the store answers, or not."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in ABSENT:
            raise FileNotFoundError(errno.ENOENT, "There is no such object", name) from error
        number = errno.EDQUOT if code in FULL else otherwise
        raise NotKept(number, str(error), name) from error
    except (BotoCoreError, Boto3Error) as error:
        raise NotKept(otherwise, str(error), name) from error
