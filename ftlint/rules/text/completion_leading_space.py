"""FT310."""

from ftlint.core.types import Edit, Fix, Severity
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import PREPARED, pairs, rows
from ftlint.rules.text.completions import FEW, CompletionRule, Completions

SPACE = Fix("Begin every completion with a space", "unsafe", (Edit("prepend", (" ",), ("completion",)),))


class CompletionLeadingSpace(CompletionRule):
    """
    Some completions begin with white space and some do not, or none does and nothing parts them from the prompts.

    ## Why it matters
    Prompt and completion are joined as they are. A word with a space before it is another token than the word
    alone, and mostly the more common one, so the model should always see the same of the two. The gain is small
    with today's vocabularies.

    Completions that begin with a sign, or in a script without spaces, count neither way.

    ## Fix
    Unsafe: a space is put before every completion that begins with no white space, but in scripts without spaces
    between words.
    """

    code = "FT310"
    name = "completion-leading-space"
    severity = Severity.INFO
    help = "begin every completion with one space"

    bad = rows(pairs("{0} from shelf {1} ->", "{0} euros for a {1} END"))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report the first completion of the minority, or the first that is joined without white space."""
        starts = seen.starts
        spaced = starts["space"].rows if "space" in starts else 0
        without = [starts[kind] for kind in ("glued", "bare") if kind in starts]
        lacking = sum(spot.rows for spot in without)
        both = spaced + lacking
        if both < FEW or seen.completions.is_constant:
            return
        at = ("completion",)
        if spaced and lacking:
            fewer = [starts["space"]] if spaced < lacking else without
            first = min((spot.place for spot in fewer), key=lambda place: place.row)
            message = f"{spaced:,} of {both:,} completions begin with white space, the others do not"
            report(message, at=at, row=first, fix=SPACE)
        elif "glued" in starts and "bare" not in starts:
            message = "No completion begins with a space, and no prompt ends with one: they are joined without"
            report(message, at=at, row=starts["glued"].place, fix=SPACE)
