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
        one, together = (limit // (1024 * 1024) for limit in (settings.MAX_UPLOAD_BYTES, settings.MAX_REQUEST_BYTES))
        if (self.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise RefusedFile(Code.TOO_LARGE, f"文件超过{one}MB，未保存。请压缩或拆分后重新上传。")
        raise RefusedFile(Code.TOO_LARGE, f"一次上传的文件合计超过{together}MB，这一份未保存。请分几次上传。")


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """As Django's own handler for files on disk, which lets go of a file that grows too large."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = self._received_of_file = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._is_too_large = False
        self._received_of_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        self._received_of_file += len(raw_data)
        # There is a limit for all files of a request together: a hundred files fill a disk as well as one.
        is_over = self._received_of_file > settings.MAX_UPLOAD_BYTES or self._received > settings.MAX_REQUEST_BYTES
        if not self._is_too_large and is_over:
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
