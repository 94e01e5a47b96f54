"""Images of rows: what is wrong with one, and which are fine. All of them are made here, and none is fetched."""

import base64
import json
import socket
import struct
import subprocess
import sys
import time
import warnings
import zlib
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ftlint.formats import inline
from ftlint.formats.images import Image as RowImage
from ftlint.profiles.catalog import resolve
from tests.support import DOT, IMAGE, PAIR, chat, codes, dumped, errors, lint, shared_data
from tests.test_imports import loaded_by

ANSWER = "assistant: A dot"
AT = "1:/messages/0/content/0/image_url/url"
PREFIXES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "BMP": "image/bmp"}


def picture(format, mode="RGB", size=(8, 8), **options):
    """The bytes of an image."""
    stream = BytesIO()
    Image.new(mode, size).save(stream, format, **options)
    return stream.getvalue()


def data_url(data, named="image/png"):
    return f"data:{named};base64,{base64.b64encode(data).decode()}"


def row_of(*urls, **keys):
    parts = [{"type": "image_url", "image_url": {"url": url, **keys}} for url in urls]
    return chat({"role": "user", "content": parts}, ANSWER)


def found(url, code="FT453", **options):
    """What is said about the image, without its place; nothing else may be said about the row."""
    row = row_of(url)
    told = errors(row, **options)
    assert all(line.startswith(code) for line in told), told
    return [line.removeprefix(f"{code} {AT} ") for line in told]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_an_image_of_the_types_and_modes_that_the_guide_names_is_fine(format, mode):
    if (format, mode) != ("JPEG", "RGBA"):
        assert found(data_url(picture(format, mode), PREFIXES[format])) == []


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16")],
)
def test_a_colour_mode_that_the_guide_does_not_take_is_named(format, mode):
    url = data_url(picture(format, mode), PREFIXES[format])
    assert found(url) == [f"Image has the colour mode {mode}, expected RGB or RGBA"]


def test_sixteen_bits_a_colour_are_rgb_as_well():
    header = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + bytes(6))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    assert found(data_url(data)) == []


@pytest.mark.parametrize(
    "url",
    [
        data_url(picture("JPEG"), "image/jpg"),
        data_url(picture("JPEG"), "IMAGE/JPEG"),
        data_url(picture("PNG")).replace("data:", "DATA:"),
        data_url(picture("PNG")).replace(";base64", ";name=dot.png;base64"),
        data_url(picture("PNG", size=(9, 9))).rstrip("="),
        " " + data_url(picture("PNG")) + "\n",
        data_url(picture("PNG"))[:60] + "\r\n" + data_url(picture("PNG"))[60:],
        data_url(picture("PNG")).replace("+", "%2B").replace("=", "%3D"),
        data_url(picture("PNG") + b"something behind the end"),
        data_url(picture("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")[:-2] + b"\xff\xd9", "image/jpeg"),
    ],
    ids=range(10),
)
def test_other_ways_to_write_a_good_image_are_fine(url):
    assert found(url) == []


PNG, JPEG, WEBP = picture("PNG"), picture("JPEG"), picture("WEBP")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("data:image/png;base64", "Image data has no comma before its data"),
        ("data:image/png," + base64.b64encode(PNG).decode(), "Image data is not marked as base64"),
        ("data:image/png;base64,", "Image data is empty"),
        ("data:image/png;base64,====", "Image data is empty"),
        ("data:image/png;base64,iVBO*", "Image data is not base64"),
        ("data:image/png;base64,iVBOé", "Image data is not base64"),
        ("data:image/png;base64,iVBOR", "Image data is not base64"),
        (data_url(b"Just some text"), "Image data is no image of a known type"),
        (
            data_url(picture("GIF"), "image/gif"),
            "Image data is image/gif, expected image/jpeg, image/png or image/webp",
        ),
        (data_url(picture("BMP")), "Image data is image/bmp, expected image/jpeg, image/png or image/webp"),
        (
            data_url(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
            "Image data is image/svg+xml, expected image/jpeg, image/png or image/webp",
        ),
        (
            data_url(b"<!DOCTYPE html><title>404</title>"),
            "Image data is text/html, expected image/jpeg, image/png or image/webp",
        ),
        (data_url(JPEG, "image/png"), 'Image data is image/jpeg, but its URL names "image/png"'),
        (
            data_url(PNG, "application/octet-stream"),
            'Image data is image/png, but its URL names "application/octet-stream"',
        ),
        (data_url(PNG, ""), "Image data is image/png, but its URL names no type"),
        (data_url(PNG[:-20]), "Image data is cut off"),
        (data_url(JPEG[:-3], "image/jpeg"), "Image data is cut off"),
        (data_url(WEBP[:-1], "image/webp"), "Image data is cut off"),
        (data_url(PNG[:20]), "Image data is no readable image/png"),
        (data_url(JPEG[:20], "image/jpeg"), "Image data is no readable image/jpeg"),
        (data_url(b"RIFF\x04\0\0\0WEBP", "image/webp"), "Image data is no readable image/webp"),
        (data_url(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13))), "Image data is no readable image/png"),
    ],
)
def test_one_thing_is_said_about_a_bad_image(url, message):
    assert found(url) == [message]


def test_the_end_of_a_thumbnail_is_not_the_end_of_its_image():
    thumbnail = b"\xff\xd9" * 3
    whole = JPEG[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail + JPEG[2:]
    assert found(data_url(whole, "image/jpeg")) == []
    assert found(data_url(whole[:-3], "image/jpeg")) == ["Image data is cut off"]


def test_images_of_billions_of_pixels_are_neither_unpacked_nor_warned_about():
    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    bomb += chunk(b"IEND", b"")
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000)))
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\xfe\x3f\0" + b"\xfe\x3f\0" + WEBP[12:]
    huge = b"RIFF" + struct.pack("<I", 4 + len(canvas)) + b"WEBP" + canvas
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found(data_url(bomb)) == []
        found(data_url(PNG[:33] + text + PNG[33:]))
        found(data_url(huge, "image/webp"))


@settings(deadline=None, max_examples=300)
@given(
    st.text()
    | st.builds("data:{};base64,{}".format, st.text(max_size=9), st.text(max_size=40))
    | st.builds(data_url, st.binary(max_size=200))
    | st.builds(
        lambda start, rest: data_url(start + rest),
        st.sampled_from(
            [PNG[:8], PNG[:33], JPEG[:3], JPEG[:24], b"RIFF\x20\0\0\0WEBP", b"RIFF\xff\xff\xff\xffWEBPVP8 "]
        ),
        st.binary(max_size=200),
    )
    | st.builds(
        lambda data, at, byte: data_url(data[: at % len(data)] + bytes([byte]) + data[at % len(data) + 1 :]),
        st.sampled_from([PNG, JPEG, WEBP]),
        st.integers(0, 10_000),
        st.integers(0, 255),
    )
)
def test_no_url_and_no_bytes_make_it_raise(url):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = RowImage({"url": url}, ())
        assert image.inline is None or isinstance(image.inline, inline.Inline)


def test_a_long_url_takes_linear_time():
    started = time.perf_counter()
    for url in ("data:" + ";" * 10**6, " " * 10**6, "a" * 10**6, "data:image/png;base64," + "%41" * 10**6):
        image = RowImage({"url": url}, ())
        assert image.inline is None or image.inline.type is None
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("images/cat.png", '"images/cat.png"'),
        ("", '""'),
        ("file:///home/ada/cat.png", '"file:///home/ada/cat.png"'),
        ("s3://bucket/cat.png", '"s3://bucket/cat.png"'),
        ("C:\\cat.png", '"C:\\cat.png"'),
        ("<image>", '"<image>"'),
        (base64.b64encode(picture("PNG", size=(300, 300))).decode(), '"…"'),
        ("javascript:\x1b[2J", '"javascript:\\x1b[2J"'),
    ],
)
def test_a_url_that_the_provider_cannot_follow_is_shown(url, shown):
    assert found(url, "FT455") == [f"Image has the URL {shown}, expected one of http, https or data"]


@pytest.mark.parametrize("url", ["https://example.com/cat", "http://example.com/a.gif", "HTTPS://example.com", DOT])
def test_web_addresses_and_data_are_taken_and_nothing_is_fetched(url, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert found(url) == []


def test_an_image_may_have_ten_megabytes_and_not_a_byte_more():
    most = resolve(None).images.max_bytes
    url = data_url(PNG + bytes(most - len(PNG)))
    assert found(url, "FT454") == []
    more = data_url(PNG + bytes(most - len(PNG) + 1))
    assert found(more, "FT454") == ["Image has 10,485,761 bytes, expected at most 10,485,760"]


def test_a_row_may_hold_ten_images_wherever_they_stand():
    image = {"type": "image_url", "image_url": {"url": DOT}}
    user = {"role": "user", "content": [image] * 5}
    assert lint("FT452", chat(user, user, ANSWER)) == []
    eleven = chat(user, {"role": "user", "content": [{"type": "text", "text": "And?"}, *[image] * 6]}, ANSWER)
    message = "Row has 11 images, expected at most 10"
    assert lint("FT452", eleven) == [f"1:/messages/1/content/6 {message}"]
    assert lint("FT452", [eleven, eleven])[1] == f"2:/messages/1/content/6 {message}"


def test_images_of_a_preference_row_count_together():
    def pair(count):
        content = [{"type": "image_url", "image_url": {"url": DOT}}] * count
        return {**PAIR, "input": {"messages": [{"role": "user", "content": content}]}}

    assert codes([pair(10)] * 10, method="dpo") == {}
    assert lint("FT452", [pair(11)], method="dpo") == [
        "1:/input/messages/0/content/10 Row has 11 images, expected at most 10"
    ]


def test_fifty_thousand_rows_may_hold_images_and_text_rows_do_not_count():
    text, image = chat("user: Hi", "assistant: Hello"), row_of("https://example.com/cat.png")
    assert lint("FT452", [image] * 50_000 + [text] * 10) == []
    assert lint("FT452", [image] * 50_001) == ["50,001 rows hold images, expected at most 50,000"]
    assert lint("FT452", [image] * 50_001, ignore=["FT452"]) == []


def test_a_model_whose_limits_are_not_known_is_held_to_none():
    row = {"messages": [{"role": "user", "content": [IMAGE] * 20}], "reference": "x"}
    grey = {"type": "image_url", "image_url": {"url": data_url(picture("PNG", "L"))}}
    options = {"model": "o4-mini", "method": "reinforcement", "today": date(2025, 9, 1)}
    assert errors([row, {"messages": [{"role": "user", "content": [grey]}]}], **options) == []
    broken = {"type": "image_url", "image_url": {"url": data_url(PNG[:-20])}}
    assert lint("FT453", {"messages": [{"role": "user", "content": [broken]}]}, **options) == [
        f"{AT} Image data is cut off"
    ]


def test_an_image_is_read_once_for_all_rules_and_its_tokens(monkeypatch):
    read = []
    monkeypatch.setattr(inline, "_decoded", lambda payload: read.append(payload) or PNG)
    rows = [row_of("data:image/png;base64,AAAA", "data:image/png;base64,BBBB")] * 3
    assert lint("FT453", rows, model="gpt-4o", totals=True) == []
    assert read == ["AAAA", "BBBB"] * 3


def test_a_file_without_images_in_its_rows_loads_no_reader_of_images(tmp_path):
    path = tmp_path / "train.jsonl"
    for row in (chat("user: Hi", ANSWER), row_of("https://example.com/cat.png")):
        path.write_bytes(dumped([row] * 20))
        run, modules = loaded_by("check", "--isolated", "--model", "gpt-4o", path, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        assert modules & {"PIL", "ftlint.formats.inline"} == set()
    path.write_bytes(dumped([row_of(DOT)] * 20))
    _, modules = loaded_by("check", "--isolated", path, cwd=tmp_path)
    assert "PIL" in modules


def test_long_images_beside_short_text_load_no_tokenizer(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped([row_of(data_url(PNG + bytes(3_000_000)))] * 10))
    run, modules = loaded_by("check", "--isolated", "--model", "gpt-4o", path, cwd=tmp_path)
    assert run.returncode == 0, run.stdout
    assert "tiktoken" not in modules


def test_real_photographs_have_no_error():
    path = shared_data() / "vision" / "fw-ai__cookbook__food_reasoning.jsonl"
    assert errors(path.read_bytes()) == []


def test_hostile_images_leave_standard_error_empty(tmp_path):
    path = tmp_path / "train.jsonl"
    urls = [data_url(PNG[:-20]), data_url(JPEG[:30], "image/jpeg"), data_url(b"RIFF\x04\0\0\0WEBP", "image/webp")]
    rows = [row_of(*[url] * number) for number in range(1, 5) for url in urls]
    rows[0]["messages"][-1]["content"] = "No dot"
    path.write_bytes(dumped(rows))
    command = [sys.executable, "-m", "ftlint", "check", "--isolated", "--output-format", "json", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "")
    assert {item["code"] for item in json.loads(run.stdout)["findings"]} == {"FT453"}
