"""FT101."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class MissingKey(Rule):
    """
    A required key is absent.

    ## Why it matters
    The provider refuses the whole file, mostly after the job was created, and names the first bad row only.

    ## Fix
    None: only the author knows the value.
    """

    code = "FT101"
    name = "missing-key"
    severity = Severity.ERROR
    provider_error = (
        "The job failed due to an invalid training file. Invalid file format. "
        "Example 100, message 2 Discriminator 'role' is missing in value"
    )

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"content": "Hello"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
