"""FT615."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target


class ValidationRequired(FileRule):
    """
    The job has no validation file, which its method requires.

    ## Why it matters
    The job is refused when it is created. Which methods require one depends on the target: reinforcement
    fine-tuning does.

    Only a call that describes the whole job is told so, once: one with a grader, by `--grader` or in the
    configuration. A training file that is checked by itself is none the worse for it.

    ## Fix
    None: name the file with `--validation` or in the configuration. A tenth of the rows will do.

    The example holds for a grader `grader.json` with the content
    `{"type": "string_check", "input": "{{ sample.output_text }}", "reference": "{{ item.answer }}", "operation": "eq"}`
    """

    code = "FT615"
    name = "validation-required"
    severity = Severity.ERROR

    options = {"method": "reinforcement", "grader": "grader.json"}
    bad = b'{"messages": [{"role": "user", "content": "2 + 2"}], "answer": "4"}\n'
    good = b""  # the call decides, not the rows; tests/cli/test_check_graders.py has the cases

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Report when the call has all of a job but a validation file."""
        if file.lacks_validation and target.method.validation_required:
            report(f"The method {target.method_name} requires a validation file", help="name it with --validation")
