"""FT102."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class UnknownKey(Rule):
    """
    A key is not one that the format knows.

    ## Why it matters
    Sources, ids and scores kept beside the conversation make some providers refuse the file, OpenAI among
    them; others drop them without a word. A misspelt key is worse: its value is never trained.

    Which keys are known depends on the target: rows for reinforcement training may have keys of their own,
    which the grader sees. Where the target skips such a key, or is not known to refuse it, this is a warning, and
    the rest of the row is checked as if the key were not there.

    ## Fix
    Unsafe: the key is dropped, or renamed where another one was most likely meant, whose value it holds.
    """

    code = "FT102"
    name = "unknown-key"
    severity = Severity.ERROR
    provider_error = (
        "The job failed due to a file format error in the training file. Invalid file format. "
        'Example 1 contains an extra "weight".'
    )
    help = "remove the key; notes about rows belong into a file of their own"

    bad = {
        "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
        "source": "faq",
    }
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
