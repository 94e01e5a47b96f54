"""FT109."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class FormatNotForMethod(Rule):
    """
    The rows have a format that the training method, or the model, does not take.

    ## Why it matters
    Each method has its own format: chat for supervised training, pairs of answers for preference training
    (dpo), conversations without an answer for reinforcement. The provider refuses the file after the upload.

    The rows of a validation file have the format of the training file's.

    Which formats a method takes depends on the target: completion models take prompts and completions only.

    ## Fix
    None: choose the method that the rows were made for, or make rows for the method.
    """

    code = "FT109"
    name = "format-not-for-method"
    severity = Severity.ERROR
    provider_error = (
        "The job failed due to an invalid training file. Invalid file format. Input file file-… is in the "
        "fine-tune-chat format, but the specified fine-tuning job is not using 'supervised' as the training "
        "method (provided method=dpo)."
    )

    options = {"method": "dpo"}
    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
    good = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }
