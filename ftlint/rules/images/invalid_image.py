"""FT453."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.images import Image
from ftlint.formats.views import Row
from ftlint.formats.wording import one_of
from ftlint.profiles.model import ImageLimits
from ftlint.rules.base import ImageRule, Report, Target

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4IScHAAK2AQU0pnWqAAAAAElFTkSuQmCC"


class InvalidImage(ImageRule):
    """
    The data of an image in the row is damaged, or of a type or colour mode that the target does not take.

    ## Why it matters
    The provider leaves such an image out of the training, or refuses the file; the row then teaches an answer to
    something that the model does not see.

    Looked at are the encoding as base64, the type of the bytes, which has to be the one that the URL names, their
    header, and whether the end is there. Images elsewhere are never fetched.

    Types and colour modes depend on the target. The names of modes are Pillow's: `L` is grey, `P` has a palette.

    ## Fix
    None: save the image anew, as in `Image.open(path).convert("RGB").save("image.png")`.
    """

    code = "FT453"
    name = "invalid-image"
    severity = Severity.ERROR

    bad = {
        "messages": [
            {
                "role": "user",
                "content": [{"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{PNG}"}}],
            },
            {"role": "assistant", "content": "A dot"},
        ]
    }
    good = {
        "messages": [
            {
                "role": "user",
                "content": [{"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PNG}"}}],
            },
            {"role": "assistant", "content": "A dot"},
        ]
    }

    def applies(self, row: Row, target: Target) -> bool:
        """To rows with images, where the target takes images."""
        return target.profile.images is not None

    def check(self, row: Row, target: Target, report: Report) -> None:
        limits = target.profile.images
        assert limits is not None
        for image in row.images:
            if wrong := _wrong(image, limits):
                report(wrong, at=image.url_at)


def _wrong(image: Image, limits: ImageLimits) -> str | None:
    """What is wrong with an image: the first that is, as the rest follows from it."""
    inline = image.inline
    if inline is None:
        return None
    if inline.type is None:
        return f"Image data {inline.fault or 'is no image of a known type'}"
    if limits.types and inline.type not in limits.types:
        return f"Image data is {inline.type}, expected {one_of(limits.types)}"
    if inline.named != inline.type:
        named = f"names {shorten(inline.named, 40)}" if inline.named else "names no type"
        return f"Image data is {inline.type}, but its URL {named}"
    if inline.fault:
        return f"Image data {inline.fault}"
    if limits.modes and inline.mode and inline.mode not in limits.modes:
        return f"Image has the colour mode {inline.mode}, expected {one_of(limits.modes)}"
    return None
