"""
What a data URL holds: its bytes are decoded, its image is read as far as the header goes.

The header is read by Pillow's reader of the format and not by `Image.open`, so nothing is decompressed and an
image of a billion pixels costs as much as one of a thousand. Imported when the first such image comes.
"""

from __future__ import annotations

import binascii
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes

from PIL.Image import DecompressionBombError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import SUPPORTED, WebPImageFile

HEAD = re.compile(r"\s*data:([^;,]*)([^,]*),", re.IGNORECASE)
MAX_HEAD = 1000
"""Characters of a data URL in which its comma has to come."""

READERS: dict[str, Callable[[BytesIO], ImageFile]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
}
"""The types whose header is read."""

SIGNATURES: tuple[tuple[str, re.Pattern[bytes]], ...] = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("image/jpeg", rb"\xff\xd8\xff"),
        ("image/png", rb"\x89PNG\r\n\x1a\n"),
        ("image/webp", rb"RIFF....WEBP"),
        ("image/gif", rb"GIF8[79]a"),
        ("image/bmp", rb"BM.{4}\0\0\0\0"),
        ("image/tiff", rb"II\*\0|MM\0\*"),
        ("image/avif", rb"....ftypavi[fs]"),
        ("image/heic", rb"....ftyp(?:hei[cx]|hev[cx]|mif1|msf1)"),
        ("image/jxl", rb"\xff\x0a|\0\0\0\x0cJXL "),
        ("image/svg+xml", rb"\s*(?:<\?xml.{0,500})?<svg"),
        ("application/pdf", rb"%PDF-"),
        ("text/html", rb"(?i:\s*<(?:!doctype html|html))"),
    )
)
SAME_TYPE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png"}
"""Names in use for a type beside its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """
    What a data URL holds. None: not known.

    `named` is the type that the URL names, `type` the one that the bytes have. `fault` says what is wrong with
    the data itself, as the end of a sentence about it.
    """

    named: str
    bytes: int = 0
    type: str | None = None
    size: tuple[int, int] | None = None
    mode: str | None = None
    fault: str | None = None


def read_data_url(url: str) -> Inline:
    """Read a URL that starts with `data:`. No URL makes it raise."""
    head = HEAD.match(url[:MAX_HEAD])
    if head is None:
        return Inline(named="", fault="has no comma before its data")
    named = head[1].strip().lower()
    named = SAME_TYPE.get(named, named)
    if not head[2].lower().rstrip().endswith(";base64"):
        return Inline(named=named, fault="is not marked as base64")
    data = _decoded(url[head.end() :])
    if data is None:
        return Inline(named=named, fault="is not base64")
    if not data:
        return Inline(named=named, fault="is empty")
    return _read(named, data)


def type_of(data: bytes) -> str | None:
    """The type that the first bytes of a file tell."""
    return next((name for name, pattern in SIGNATURES if pattern.match(data)), None)


def _decoded(payload: str) -> bytes | None:
    """
    The bytes of base64, read as web browsers do: white space and absent padding are forgiven.

    Whether a provider forgives them is not known, and a row that may be fine is no error.
    """
    try:
        raw = unquote_to_bytes(payload) if "%" in payload else payload.encode("ascii")
        raw = raw.translate(None, b" \t\n\r\f").rstrip(b"=")
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4), strict_mode=True)
    except ValueError:  # characters beyond ASCII, or beyond base64
        return None


def _read(named: str, data: bytes) -> Inline:
    found = type_of(data)
    size, mode, fault = _header(found, data) if found else (None, None, None)
    return Inline(named=named, bytes=len(data), type=found, size=size, mode=mode, fault=fault)


def _header(found: str, data: bytes) -> tuple[tuple[int, int] | None, str | None, str | None]:
    """Size, mode, and what is wrong with the data."""
    if found == "image/webp" and int.from_bytes(data[4:8], "little") + 8 > len(data):
        return None, None, "is cut off"
    if found not in READERS or (found == "image/webp" and not SUPPORTED):  # SUPPORTED: not by every build of Pillow
        return None, None, None
    stream = BytesIO(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's opinion of odd metadata
            image = READERS[found](stream)
    except DecompressionBombError:  # large, which is no fault
        return None, None, None
    except Exception:  # whatever bytes make of a reader: SyntaxError, struct.error, zlib.error, MemoryError, …
        return None, None, f"is no readable {found}"
    # Both formats mark their end; what stands before the picture may hold the mark of a thumbnail.
    end = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND"}.get(found)
    cut_off = end is not None and data.find(end, stream.tell()) < 0
    return image.size, image.mode, "is cut off" if cut_off else None
