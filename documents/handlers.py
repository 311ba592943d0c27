"""Stops reading an oversized file while it arrives, so that it never fills the temporary folder."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from . import limits


class SizeGuard(FileUploadHandler):
    """Put before Django's own handlers. `refused` collects the names of files that were too large."""

    def __init__(self, request=None):
        super().__init__(request)
        self.refused: list[str] = []
        self.received = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > limits.max_bytes():
            self.refused.append(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
