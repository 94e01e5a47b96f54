"""FT022."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class NotJsonLines(Rule):
    """
    The file is something else under the name of JSON Lines: a table, a spreadsheet, compressed data.

    ## Why it matters
    Providers go by the content, not by the name, and refuse it after the upload.

    ## Fix
    `ftlint convert FILE -o OUT.jsonl --to chat` reads CSV, TSV, XLSX, Parquet and text, packed with gzip or zstd
    or not. Anything else: write its rows as one JSON object a line.
    """

    code = "FT022"
    name = "not-json-lines"
    severity = Severity.ERROR
    help = "write one JSON object a line"

    bad = b"prompt,completion\nGood morning,Buenos dias\nGood night,Buenas noches\n"
    good = (
        b'{"prompt": "Good morning", "completion": "Buenos dias"}\n'
        b'{"prompt": "Good night", "completion": "Buenas noches"}\n'
    )
