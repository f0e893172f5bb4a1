"""A large file on its way in: sealed piece by piece as it arrives, never whole in memory or in the open."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from holdspace.scheduling.imports.reading import PIECE, Keeper
from holdspace.scheduling.refusals import FileTooBig


class SealedUpload(FileUploadHandler):
    """Keeps the one file of a form; beyond 50 MB it hangs up, and `too_big` says so."""

    chunk_size = PIECE

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.keeper: Keeper | None = None
        self.too_big = False

    def new_file(self, *said: Any, **more: Any) -> None:
        super().new_file(*said, **more)
        if self.keeper:
            self.keeper.discard()
        self.keeper = Keeper()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            self.keeper.write(raw_data) if self.keeper else None
        except FileTooBig:
            self.keeper, self.too_big = None, True
            raise StopUpload(connection_reset=True) from None
        return None

    def file_complete(self, file_size: int) -> Any:
        if self.keeper is None:
            return None
        self.keeper.close()
        return UploadedFile(file=None, name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        self.discard()

    def discard(self) -> None:
        """Nobody wants it: a form that was refused, a line that broke."""
        if self.keeper:
            self.keeper.discard()
            self.keeper = None
