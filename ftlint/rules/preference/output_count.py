"""FT603."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class OutputCount(Rule):
    """
    An output of a preference row has another number of messages than the target takes.

    ## Why it matters
    The provider refuses the file. OpenAI compares one answer with another; some targets take a whole exchange of
    calls and results a side.

    How many messages a side may have depends on the target.

    ## Fix
    None: what precedes the last answer belongs into the input, if it is the same for both.
    """

    code = "FT603"
    name = "output-count"
    severity = Severity.ERROR
    help = "put one assistant message on each side, and what both share into the input"

    bad = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}, {"role": "assistant", "content": "Bye"}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }
    good = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }
