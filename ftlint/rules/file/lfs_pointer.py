"""FT017."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class LfsPointer(Rule):
    """
    The file is a pointer of Git LFS or DVC, not data.

    ## Why it matters
    The data is stored elsewhere and was not fetched. An upload would send the three lines of the pointer.

    ## Fix
    None: fetch the data.
    """

    code = "FT017"
    name = "lfs-pointer"
    severity = Severity.ERROR
    help = "run `git lfs pull` to fetch the data"

    bad = (
        b"version https://git-lfs.github.com/spec/v1\n"
        b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
        b"size 12345\n"
    )
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
