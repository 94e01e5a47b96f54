"""
Whatever happens at whichever step, the same call again ends with one upload a file and one job.

Each run has one accident (`never_twice.py`). The table of the runs stands at the end of the tests' output;
`python -m tests.publish.never_twice` prints a line for each.
"""

import pytest

from tests.publish.never_twice import PATIENT, PLAIN, WAYS, Laboratory, table


def all_end_well(service, way, directory, record_property):
    with Laboratory(service, directory) as laboratory:
        lines = [laboratory.run(way, accident) for accident in laboratory.accidents(way)]
    record_property("table", list(table(type(service).__name__, lines)))
    return len(lines) >= 50 and all(line.is_good for line in lines)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_one_upload_a_file_and_one_job_whatever_happens(service, way, tmp_path, record_property):
    assert all_end_well(service, way, tmp_path, record_property)


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: way.name)
def test_it_holds_for_files_and_jobs_that_are_not_ours(bridge, way, tmp_path, record_property):
    assert all_end_well(bridge, way, tmp_path, record_property)


@pytest.mark.parametrize(
    ("options", "way"),
    [
        ({"takes_metadata": False}, PLAIN),
        ({"filters_metadata": False, "uuids": True, "extra": {"unknown": [1]}}, WAYS[0]),
        ({"lag": 2, "processing": 2}, PATIENT),
    ],
    ids=["no metadata", "no filter", "lagging lists"],
)
def test_it_holds_for_services_that_do_less(service_with, options, way, tmp_path, record_property):
    assert all_end_well(service_with(**options), way, tmp_path, record_property)
