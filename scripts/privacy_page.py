"""Write the kinds of `ftlint/core/private/shapes.py` into `docs/privacy.md`: `python scripts/privacy_page.py`."""

from __future__ import annotations

from pathlib import Path

from ftlint.core.private.shapes import SHAPES

PAGE = Path(__file__).parents[1] / "docs" / "privacy.md"
BEGIN, END = "<!-- kinds -->\n", "<!-- /kinds -->"
WORDS = {
    "random": "it is random",
    "crc": "its CRC-32",
    "jwt": "its header is JSON and names an algorithm",
    "password": "it is no word or variable that stands for one",
    "pem": "at least 64 characters of base64",
}


def page() -> str:
    """The page with the table as the shapes have it."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = ["| kind | found by | and | source | looked up |", "|---|---|---|---|---|"]
    for shape in SHAPES:
        anchors = ", ".join(f"`{anchor}`" for anchor in shape.anchors)
        lines.append(f"| {shape.title} | {anchors} | {WORDS[shape.check]} | {shape.source} | {shape.checked} |")
    return f"{before}{BEGIN}" + "\n".join(lines) + f"\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
