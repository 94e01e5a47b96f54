"""FT454."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import ImageRule, Report, Target


class ImageTooLarge(ImageRule):
    """
    The data of an image in the row has more bytes than the target takes.

    ## Why it matters
    The provider leaves the image out of the training, or refuses the file.

    How large an image may be depends on the target. Counted are the bytes of the image itself; as base64 they take
    a third more. Images elsewhere are never fetched.

    ## Fix
    None: scale the image down. Models look at images scaled down anyway.
    """

    code = "FT454"
    name = "image-too-large"
    severity = Severity.ERROR
    help = "scale the image down; models look at images scaled down anyway"

    bad = b""
    good = {
        "messages": [
            {
                "role": "user",
                "content": [{"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}],
            },
            {"role": "assistant", "content": "A cat"},
        ]
    }

    def applies(self, row: Row, target: Target) -> bool:
        """To rows with images, where the target takes images and says so."""
        return target.profile.images is not None and target.profile.images.max_bytes is not None

    def check(self, row: Row, target: Target, report: Report) -> None:
        limits = target.profile.images
        assert limits is not None and limits.max_bytes is not None
        for image in row.images:
            if image.inline and image.inline.bytes > limits.max_bytes:
                report(
                    f"Image has {image.inline.bytes:,} bytes, expected at most {limits.max_bytes:,}", at=image.url_at
                )
