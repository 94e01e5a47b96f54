"""FT107."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class MixedFormats(Rule):
    """
    The file holds rows of several formats.

    ## Why it matters
    Providers settle on one format for a file and refuse rows of another. Rows of the rarer formats were not
    checked further.

    ## Fix
    None: split the file, or rewrite the rows in one format.
    """

    code = "FT107"
    name = "mixed-formats"
    severity = Severity.ERROR
    provider_error = "All samples in the dataset must have the same dataset format."
    help = "keep one format a file"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hi there"}]}\n'
        b'{"prompt": "Bye", "completion": "See you"}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hi there"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )
