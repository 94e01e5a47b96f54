"""What a file is, from its first bytes: rows, or something that must be named before anyone reads rows."""

from typing import Literal, NamedTuple

import orjson

from ftlint.core.types import Fix, Problem

HEAD_BYTES = 1 << 16
Layout = Literal["lines", "array", "loose", "none"]

CONVERT = "run `ftlint convert FILE -o OUT.jsonl --to chat`, which reads it"

# First bytes, from the file(1) database and the formats' specifications.
MAGIC = (
    (b"\x1f\x8b", "gzip-compressed data", CONVERT),
    (b"\x28\xb5\x2f\xfd", "zstandard-compressed data", CONVERT),
    (b"PAR1", "a Parquet file", CONVERT),
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet (XLSX)", CONVERT),
    (b"BZh", "bzip2-compressed data", "bunzip2 it"),
    (b"\xfd7zXZ\x00", "xz-compressed data", "unxz it"),
    (b"ARROW1", "an Arrow file", "write its rows as one JSON object a line"),
    (b"SQLite format 3\x00", "an SQLite database", "write its rows as one JSON object a line"),
    (b"%PDF-", "a PDF document", "extract the rows as one JSON object a line"),
)
BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# JSON begins with two ASCII characters, so NULs among the first four bytes tell the encoding (RFC 4627, section 3).
NUL_PATTERNS: dict[tuple[bool, ...], str] = {
    (True, False, True, False): "utf-16-le",
    (False, True, False, True): "utf-16-be",
    (True, False, False, False): "utf-32-le",
    (False, False, False, True): "utf-32-be",
}
UTF8_BOM = b"\xef\xbb\xbf"


class Sniffed(NamedTuple):
    """How to read a file. With layout `none` there are no rows to read, and `problem` says why."""

    layout: Layout
    encoding: str = "utf-8"
    bom: bytes = b""
    problem: Problem | None = None


def sniff(head: bytes, complete: bool) -> Sniffed:
    """Recognise a file by its first `HEAD_BYTES`; `complete` says that there is no more."""
    if not head or (complete and not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe")):
        return _none("FT020", "File is empty" if not head else "File holds white space only")
    for magic, what, how in MAGIC:
        if head.startswith(magic):
            return _none("FT022", f"File is {what}, not JSON Lines", how)
    if pointer := _pointer_file(head):
        return pointer
    if encoding := _wide_encoding(head):
        return _wide(head, *encoding, complete)
    bom = UTF8_BOM if head.startswith(UTF8_BOM) else b""
    text = head[len(bom) :]
    if b"\x00" in text[:4096]:
        return _none("FT022", "File is binary data, not JSON Lines")
    if problem := _table(text, complete):
        return Sniffed("none", problem=problem)
    return Sniffed(_layout(text, complete), bom=bom)


def _none(code: str, message: str, remedy: str | None = None) -> Sniffed:
    return Sniffed("none", problem=Problem(code, message, help=remedy))


def _pointer_file(head: bytes) -> Sniffed | None:
    if head.startswith(b"version https://git-lfs.github.com/spec/"):
        return _none("FT017", "File is a Git LFS pointer, not data", "run `git lfs pull` to fetch the data")
    if head.startswith(b"outs:\n") and b"md5:" in head[:200]:
        return _none("FT017", "File is a DVC pointer, not data", "run `dvc pull` to fetch the data")
    return None


def _wide_encoding(head: bytes) -> tuple[str, bytes] | None:
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding, bom
    first = head[:4].strip(b"\x00")[:1]
    pattern = tuple(map(bool, head[:4]))
    return (NUL_PATTERNS[pattern], b"") if pattern in NUL_PATTERNS and first in b"{[ \t\r\n" else None


def _wide(head: bytes, encoding: str, bom: bytes, complete: bool) -> Sniffed:
    """UTF-16 or UTF-32: one finding, and the rows are read all the same, decoded."""
    problem = Problem(
        "FT008",
        f"File is {encoding.upper()}, not UTF-8",
        help="save it as UTF-8; Windows PowerShell writes UTF-16 with `>`",
        fix=Fix("Re-encode as UTF-8", "safe"),
    )
    text = head[len(bom) :].decode(encoding, "replace").encode("utf-8", "replace")
    return Sniffed(_layout(text, complete), encoding, bom, problem)


def _layout(text: bytes, complete: bool) -> Layout:
    first, _, rest = text.lstrip().partition(b"\n")
    try:
        value = orjson.loads(first)
    except orjson.JSONDecodeError:
        if first.startswith(b"[") and text.lstrip(b"[ \t\r\n").startswith((b"{", b'"')):
            return "array"
        return "loose" if _is_pretty_printed(text) else "lines"
    # Lines that are arrays, one after another, are rows of the wrong type; one such line is the whole file.
    if isinstance(value, list) and value and isinstance(value[0], dict) and complete and not rest.strip():
        return "array"
    return "lines"


def _is_pretty_printed(text: bytes) -> bool:
    """The first object spans lines, and parses."""
    if not text.lstrip().startswith(b"{"):
        return False
    from ftlint.sources.loose import spans

    start, end, closed = next(spans(text), (0, 0, False))
    if b"\n" not in text[start:end]:
        # Longer than the head: believe a first line that only opens something.
        return not closed and text.lstrip().split(b"\n", 1)[0].rstrip().endswith((b"{", b"["))
    try:
        orjson.loads(text[start:end])
    except orjson.JSONDecodeError:
        return False
    return True


def _table(text: bytes, complete: bool) -> Problem | None:
    """CSV, TSV or prose under a JSON Lines name: no line begins as JSON does."""
    lines = text.split(b"\n", 20)
    if not complete or len(lines) == 21:
        lines = lines[:-1] or lines
    lines = [line.strip() for line in lines if line.strip()]
    if not lines or any(line[:1] in b"{[" or _is_json(line) for line in lines):
        return None
    for separator, name in ((b"\t", "tab-separated values (TSV)"), (b",", "comma-separated values (CSV)")):
        if lines[0].count(separator) and len(lines) > 1:
            return Problem(
                "FT022",
                f"File looks like {name}, not JSON Lines",
                help=CONVERT,
            )
    if len(lines) > 1:
        return Problem(
            "FT022",
            "File is text, not JSON Lines: no line begins with {",
            help="write one JSON object a line",
        )
    return None


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True
