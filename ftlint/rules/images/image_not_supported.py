"""FT451."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class ImageNotSupported(Rule):
    """
    An image stands where the target takes text only: the model sees none, or the message's role has none.

    ## Why it matters
    The provider refuses the file. Few models are trained on images, and in the messages of users only.

    Which models and roles take images depends on the target.

    ## Fix
    None: train a model that takes images, or describe the image in words.
    """

    code = "FT451"
    name = "image-not-supported"
    severity = Severity.ERROR
    help = "train a model that takes images, and put them into messages of the user"

    bad = {
        "messages": [
            {"role": "user", "content": "Draw a cat"},
            {
                "role": "assistant",
                "content": [{"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}],
            },
        ]
    }
    good = {
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}},
                ],
            },
            {"role": "assistant", "content": "A cat"},
        ]
    }
