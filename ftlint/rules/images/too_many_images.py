"""FT452. That a file has too many rows with images is said in `ftlint/engine/conclude.py`, which counts them."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target

CAT = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}


class TooManyImages(RowRule):
    """
    A row holds more images than the target takes, or a file more rows with images.

    ## Why it matters
    The provider refuses the file or leaves the row out.

    How many a row and a file may hold depends on the target; of a preference row, those of its input and of both
    outputs count together.

    ## Fix
    None: split the row, or drop the images that the answer does not need.
    """

    code = "FT452"
    name = "too-many-images"
    severity = Severity.ERROR

    bad = {"messages": [{"role": "user", "content": [CAT] * 11}, {"role": "assistant", "content": "Eleven cats"}]}
    good = {"messages": [{"role": "user", "content": [CAT] * 10}, {"role": "assistant", "content": "Ten cats"}]}

    def check(self, row: Row, target: Target, report: Report) -> None:
        most = target.profile.images.max_per_row if target.profile.images else None
        if most is not None and len(row.images) > most:
            report(f"Row has {len(row.images):,} images, expected at most {most:,}", at=row.images[most].at)
