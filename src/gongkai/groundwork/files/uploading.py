"""Receives uploads without letting anyone fill the disk: beyond the limit, bytes are counted but no longer kept.

The request is still read to its end, so that the person gets a page that says what went wrong, not a cut connection.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from gongkai.groundwork.files.refusals import Code, RefusedFile


class TooLargeFile(UploadedFile[Any]):
    """Stands for a file of which nothing was kept; reading it refuses it."""

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise RefusedFile(Code.TOO_LARGE, f"文件超过{limit}MB，未保存。请压缩或拆分后重新上传。")


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """As Django's own handler for files on disk, which lets go of a file that grows too large."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        # The limit is for all files of a request together: a hundred files fill a disk as well as one.
        if not self._is_too_large and self._received > settings.MAX_UPLOAD_BYTES:
            self._is_too_large = True
            self.file.close()
        if not self._is_too_large:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        if self._is_too_large:
            return TooLargeFile(name=self.file_name, content_type=self.content_type, size=file_size)
        return super().file_complete(file_size)

    def upload_interrupted(self) -> None:
        if not self._is_too_large:
            super().upload_interrupted()
