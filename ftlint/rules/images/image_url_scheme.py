"""FT455."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.formats.wording import one_of
from ftlint.rules.base import ImageRule, Report, Target


class ImageUrlScheme(ImageRule):
    """
    The URL of an image is none that the provider can follow: a path, a scheme that it does not take, bare base64.

    ## Why it matters
    The image is not in the file, and the provider cannot fetch it from your disk: it leaves the image out of the
    training, or refuses the file.

    Which schemes a URL may have depends on the target. No URL is ever fetched to find out.

    ## Fix
    None: put the image into the row as `data:image/png;base64,…`, or where the provider can fetch it.
    """

    code = "FT455"
    name = "image-url-scheme"
    severity = Severity.ERROR
    help = "put the image into the row as data:image/png;base64,… or where the provider can fetch it"

    bad = {
        "messages": [
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "images/cat.png"}}]},
            {"role": "assistant", "content": "A cat"},
        ]
    }
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
        return target.profile.images is not None and bool(target.profile.images.schemes)

    def check(self, row: Row, target: Target, report: Report) -> None:
        limits = target.profile.images
        assert limits is not None
        for image in row.images:
            if image.scheme not in limits.schemes:
                report(
                    f"Image has the URL {shorten(image.url)}, expected one of {one_of(limits.schemes)}",
                    at=image.url_at,
                )
