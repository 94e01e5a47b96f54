"""
What is said about 76 real files, byte for byte as their authors published them.

The verdicts stand in `tests/data/verdicts.json`: file, options, exit status, findings by code, and the last two
again for each other target that takes the format. A change to them is a change that users see, so it is made on
purpose: `python -m tests.test_real_data` writes the file anew, and the diff is read before it is committed.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import ftlint
from ftlint.profiles.catalog import provider_profiles
from tests.support import TODAY, shared_data

VERDICTS = Path(__file__).parent / "data" / "verdicts.json"
EXPECTED = json.loads(VERDICTS.read_text()) if VERDICTS.exists() else {}


def options_of(name):
    """Files in the folder for reinforcement are checked as that; it cannot be seen from every row."""
    return {"method": "reinforcement"} if name.startswith("rft/") else {}


def report_of(path, name, **options):
    """The report about a file."""
    return ftlint.check(path, totals=False, today=TODAY, **options_of(name), **options)


def outcome(report):
    """The exit status, and how often each code is reported."""
    counted = Counter(finding.code for finding in report.findings)
    return {"exit": report.exit_code(), "codes": dict(sorted(counted.items()))}


def verdict(path, name):
    """What is kept of a report for the default target."""
    report = report_of(path, name)
    (file,) = report.files
    return {"options": options_of(name), "format": file.format, "rows": file.rows, **outcome(report)}


_, *OTHERS = provider_profiles()


def other_targets(format):
    """The other targets that take a format by one of their methods."""
    return [
        profile.provider for profile in OTHERS if any(format in method.schemas for method in profile.methods.values())
    ]


def data_files(folder):
    """The data files of the collection."""
    return sorted(path for path in folder.glob("*/*") if path.is_file())


def regenerate():
    """Write the verdicts anew."""
    folder = shared_data()
    written = []
    for path in data_files(folder):
        name = path.relative_to(folder).as_posix()
        found = verdict(path, name)
        lines = [
            f"    {json.dumps(target)}: {json.dumps(outcome(report_of(path, name, model=target)))}"
            for target in other_targets(found["format"])
        ]
        targets = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
        written.append(f'  {json.dumps(name)}: {json.dumps(found)[:-1]}, "targets": {targets}}}')
    VERDICTS.parent.mkdir(exist_ok=True)
    VERDICTS.write_text("{\n" + ",\n".join(written) + "\n}\n")


@pytest.mark.parametrize("name", EXPECTED)
def test_the_verdict_on_a_real_file_is_the_one_that_was_looked_at(name):
    expected = EXPECTED[name]
    assert {**verdict(shared_data() / name, name), "targets": expected["targets"]} == expected


@pytest.mark.parametrize(
    ("name", "target"), [(name, target) for name in EXPECTED for target in EXPECTED[name]["targets"]]
)
def test_the_verdict_for_another_target_is_the_one_that_was_looked_at(name, target):
    report = report_of(shared_data() / name, name, model=target)
    assert outcome(report) == EXPECTED[name]["targets"][target]


def test_a_file_of_a_known_format_has_a_verdict_for_every_target_that_takes_the_format():
    for expected in EXPECTED.values():
        assert list(expected["targets"]) == other_targets(expected["format"])
    judged = Counter(target for expected in EXPECTED.values() for target in expected["targets"])
    assert set(judged) == {profile.provider for profile in OTHERS}
    assert min(judged.values()) > 20


def test_every_file_of_the_collection_has_a_verdict():
    folder = shared_data()
    assert [path.relative_to(folder).as_posix() for path in data_files(folder)] == list(EXPECTED)
    assert len(EXPECTED) == 76


def is_valid(name):
    """Nothing but the rules of the provider's own formats is said about the file, and none of it is an error."""
    return EXPECTED[name]["exit"] == 0 and EXPECTED[name]["format"] is not None


MODELS = {
    "chat": "gpt-4o-2024-08-06",
    "completion": "davinci-002",
    "preference": "gpt-4.1",
    "reinforcement": "o4-mini",
}

# Its passages are longer than the 4,096 tokens of the base models; in five rows the answer is cut off.
TOO_LONG = {
    "prompt-completion/yizhongw__self-instruct__wiki_hop_original_generate_object.jsonl": {"FT501": 5, "FT502": 5}
}


@pytest.mark.parametrize("name", [name for name in EXPECTED if is_valid(name)])
def test_a_valid_file_has_no_error_in_any_row_for_the_model_it_was_made_for(name):
    expected = EXPECTED[name]
    model = MODELS[expected["format"]]
    report = ftlint.check(shared_data() / name, totals=True, today=date(2025, 9, 1), model=model, **expected["options"])
    errors = Counter(item.code for item in report.findings if item.severity == "error")
    assert errors == TOO_LONG.get(name, {})
    assert report.files[0].tokens.total > 0


def test_most_of_the_files_in_a_known_format_are_valid():
    assert len([name for name in EXPECTED if is_valid(name)]) >= 30


def test_a_file_reads_the_same_whatever_its_line_ends_and_its_order_of_checks(tmp_path):
    path = shared_data() / "chat" / "microsoft-foundry__fine-tuning__chat_validation.jsonl"
    windows = tmp_path / "windows.jsonl"
    windows.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = ftlint.check(path, windows, totals=True, today=TODAY)
    assert [item.code for item in report.findings] == ["FT010"]
    assert report.files[0].tokens == report.files[1].tokens


if __name__ == "__main__":
    regenerate()
