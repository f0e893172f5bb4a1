"""Built files: each has a hash in its name, so browsers keep it for a year; sent as small as gzip gets."""

import gzip
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PACKED = {".js": "text/javascript", ".css": "text/css"}


@lru_cache(maxsize=128)
def packed(path: str, changed: float) -> bytes:
    """The file, compressed once in the life of this process."""
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)


class Built(StaticFiles):
    """Built files carry a hash in their name: whoever has one may keep it for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, *said: Any
    ) -> Response:
        """The packed file to whoever takes one."""
        kind = PACKED.get(Path(full_path).suffix)
        if not kind or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return super().file_response(full_path, stat_result, scope, *said)
        body = packed(str(full_path), stat_result.st_mtime)
        return Response(body, headers={"Content-Encoding": "gzip"}, media_type=kind)
