"""FT319."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import PREPARED, pairs, rows
from ftlint.rules.text.completions import FEW, CompletionRule, Completions

SHOWN = 3


class ClassificationData(CompletionRule):
    """
    There are few different completions: the rows teach to classify.

    ## Why it matters
    Classes are asked for in another way than texts. One token is enough where each class begins with a token of
    its own, its probability says how sure the model is, and a part of the rows kept aside measures the accuracy.

    Told when each completion comes more than three times on average, there are at most 1,000, and none is longer
    than 64 characters.

    ## Fix
    Nothing is wrong. Use short classes that begin differently, ask for one token, and keep rows for validation.
    """

    code = "FT319"
    name = "classification-data"
    severity = Severity.INFO
    help = "ask for one token in use, and keep a part of the rows aside to measure the accuracy"

    bad = rows((prompt, " yes" if "o" in prompt[:5] else " no") for prompt, _ in pairs("{0} from shelf {1} ->", ""))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report the classes as a note about the file."""
        labels = seen.labels
        if labels is None or not seen.is_classification or seen.completions.rows < FEW:
            return
        common = sorted(labels, key=lambda label: (-labels[label], label))[:SHOWN]
        shown = ", ".join(shorten(label, 20) for label in common)
        more = ", …" if len(labels) > SHOWN else ""
        report(f"Looks like classification: {len(labels):,} different completions ({shown}{more})")
