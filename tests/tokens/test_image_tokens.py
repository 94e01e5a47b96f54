"""What images cost: the published numbers, and where the tokens stand in a row."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.formats.images import Image
from ftlint.profiles.catalog import resolve
from ftlint.profiles.model import PatchTokens, TileTokens
from ftlint.tokens.encoder import load
from ftlint.tokens.framing import Segment, row_tokens, segments
from ftlint.tokens.images import patches, tiles, tokens_of_images, tokens_of_size
from tests.rules.test_images import PNG, data_url, picture
from tests.support import IMAGE, chat, check, dumped, lint, shared_data

TILES = resolve("gpt-4o").image_tokens
MINI = TileTokens(kind="tiles", base=2833, tile=5667)
PATCHES = resolve("o4-mini").image_tokens
PLAIN = PatchTokens(kind="patches", multiplier=Decimal(1), max_patches=1536)


def part(url, detail=None):
    return {"type": "image_url", "image_url": {"url": url, **({"detail": detail} if detail else {})}}


def asked(text, size, detail):
    """The tokens of a question about an image, under both formulas that tile."""
    image_part = part(data_url(picture("PNG", size=size)), detail)
    row = chat({"role": "user", "content": [{"type": "text", "text": text}, image_part]})
    at = ("messages", 0, "content", 1)
    image = Image(image_part["image_url"], at)
    count = load("o200k_base").count
    return [
        row_tokens(row, "chat", count, images=tokens_of_images([image], formula)).total for formula in (TILES, MINI)
    ]


@pytest.mark.parametrize(
    ("text", "size", "detail", "tokens"),
    [
        ("Describe this picture:", (1, 1), "high", [266, 8511]),
        ("Describe this picture:", (1, 1), "auto", [266, 8511]),
        ("Describe this picture:", (1, 1), None, [266, 8511]),
        ("Describe this picture:", (1, 1), "low", [96, 2844]),
        ("hi", (1126, 488), "auto", [603, 19842]),
    ],
)
def test_questions_about_images_have_the_tokens_that_the_service_counted(text, size, detail, tokens):
    assert asked(text, size, detail) == tokens


@pytest.mark.parametrize(
    ("size", "formula", "tokens"),
    [
        ((1024, 1024), TILES, 765),
        ((2048, 4096), TILES, 1105),
        ((4096, 2048), TILES, 1105),
        ((512, 512), TILES, 255),
        ((513, 512), TILES, 425),
        ((100_000, 1), TILES, 85 + 4 * 170),
        ((1024, 1024), PLAIN, 1024),
        ((1800, 2400), PLAIN, 1452),
        ((2400, 1800), PLAIN, 1452),
        ((1024, 1024), PATCHES, 1762),  # 1024 × 1.72 = 1761.28
        ((100, 100), PatchTokens(kind="patches", multiplier=Decimal("1.62"), max_patches=1536), 26),  # 16 × 1.62
        ((320, 320), PatchTokens(kind="patches", multiplier=Decimal("1.62"), max_patches=1536), 162),  # no 163
    ],
)
def test_an_image_has_the_published_tokens(size, formula, tokens):
    assert tokens_of_size(*size, formula) == tokens


SIDES = st.integers(1, 100_000)


@given(SIDES, SIDES)
def test_any_size_has_few_tiles_and_no_more_patches_than_the_most(width, height):
    assert 1 <= tiles(width, height) == tiles(height, width) <= 8
    assert 1 <= patches(width, height, 1536) <= 1536


@pytest.mark.parametrize(
    ("value", "formula", "tokens"),
    [
        (part("https://example.com/cat.png"), TILES, None),
        (part("https://example.com/cat.png", "low"), TILES, 85),
        (part("https://example.com/cat.png", "low"), PATCHES, None),
        (part(data_url(PNG), "low"), PATCHES, None),
        (part(data_url(PNG)), None, None),
        (part(data_url(PNG, "image/jpeg")), TILES, 255),
        (part(data_url(PNG[:20])), TILES, None),
        (part(data_url(picture("GIF"), "image/gif")), TILES, None),
        (part("cat.png"), TILES, None),
    ],
)
def test_what_is_not_known_stays_unknown(value, formula, tokens):
    image = Image(value["image_url"], ("here",))
    assert tokens_of_images([image], formula) == ({} if tokens is None else {("here",): tokens})


def test_an_image_stands_where_its_part_stands_and_is_not_trained():
    content = [{"type": "text", "text": "a"}, part("x"), {"type": "text", "text": "b"}, part("y")]
    row = chat({"role": "user", "content": content}, "assistant: c")
    at = ("messages", 0, "content")
    found = segments(row, "chat", lambda text: 1, images={(*at, 1): 255})
    assert found[1:4] == [Segment(1, False, (*at, 0)), Segment(255, False, (*at, 1)), Segment(1, False, (*at, 2))]
    counted = row_tokens(row, "chat", lambda text: 1, images={(*at, 1): 255})
    assert (counted.total, counted.images) == (sum(segment.tokens for segment in found), 1)


def test_a_report_counts_the_images_it_can_and_says_how_many_it_cannot():
    rows = [chat({"role": "user", "content": [part(data_url(PNG)), IMAGE]}, "assistant: A dot")] * 10
    options = {"totals": True, "model": "gpt-4o", "today": date(2025, 9, 1)}
    report = check(rows, **options)
    (details,) = report.details.values()
    assert details.images == 0
    text = check([chat({"role": "user", "content": []}, "assistant: A dot")] * 10, **options).files[0].tokens
    assert report.files[0].tokens.total == text.total + 10 * (255 + 85)
    assert report.files[0].tokens.trained == text.trained
    (unknown,) = check(rows, totals=True).details.values()
    assert unknown.images == 20


def test_images_alone_bring_a_short_row_over_the_limit():
    """Fifty images cost 50 × 1,445 tokens, which their few bytes would never make anyone count."""
    small = part(data_url(picture("WEBP", size=(768, 2048), lossless=True), "image/webp"))
    row = chat({"role": "user", "content": [small] * 50}, "assistant: A dot")
    assert len(dumped(row)) < 20_000
    for totals in (True, False):
        found = lint("FT501", [row] * 10, totals=totals, model="gpt-4o", ignore=["FT452"], today=date(2025, 9, 1))
        assert len(found) == 10


def test_low_detail_images_elsewhere_cost_more_than_their_bytes():
    """The answer is cut off although the row has fewer bytes than the limit has tokens."""
    image = {"type": "image_url", "image_url": {"url": "http:a", "detail": "low"}}
    row = chat({"role": "user", "content": [image] * 800}, "assistant: A dot")
    assert len(json.dumps(row, separators=(",", ":"))) < 65_536
    found = lint("FT502", [row], totals=False, model="gpt-4o", ignore=["FT452"], today=date(2025, 9, 1))
    assert len(found) == 1


def test_real_photographs_are_counted():
    path = shared_data() / "vision" / "fw-ai__cookbook__food_reasoning.jsonl"
    rows = path.read_bytes()
    report = check(rows, totals=True, model="gpt-4o", today=date(2025, 9, 1))
    common = check(rows, totals=True, today=date(2025, 9, 1))
    assert report.files[0].tokens.total == common.files[0].tokens.total + 50 * 255
    assert [details.images for details in (*report.details.values(), *common.details.values())] == [0, 50]
