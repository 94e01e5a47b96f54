"""FT506."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target


class FileTooLarge(FileRule):
    """
    The file has more bytes than the provider's upload takes.

    ## Why it matters
    The upload is refused, sometimes after it was sent in full. Where the provider has a chunked upload for
    larger files, the finding names it. The limits depend on the target.

    ## Fix
    None: split the file, or train on fewer rows.
    """

    code = "FT506"
    name = "file-too-large"
    severity = Severity.ERROR

    bad = b""  # half a gigabyte cannot stand here; tests/rules/test_limits.py makes one
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}\n'

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the size with the limits of the plain and of the chunked upload."""
        simple, chunked = target.profile.max_file_bytes, target.profile.max_upload_bytes
        if simple is None or file.bytes <= simple:
            return
        if chunked is not None and file.bytes <= chunked:
            report(
                f"File has {file.bytes:,} bytes, one request takes {simple:,}",
                help=f"use the provider's chunked upload (Uploads API), which takes {chunked:,} bytes",
            )
        else:
            report(f"File has {file.bytes:,} bytes, the limit is {chunked or simple:,}", help="split the file")
