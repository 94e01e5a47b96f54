"""FT105."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class UnknownRole(Rule):
    """
    A message has a role that the format does not know.

    ## Why it matters
    Providers refuse the file; open-source trainers often drop such rows without a word. Roles like `human`
    and `gpt` come from the ShareGPT format, the rest are mostly typing errors.

    ## Fix
    Unsafe: the role is replaced by the one that was most likely meant.
    """

    code = "FT105"
    name = "unknown-role"
    severity = Severity.ERROR
    provider_error = "Role must be either 'user', 'assistant', or 'system'. Unexpected value encountered on line 0."

    bad = {"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
