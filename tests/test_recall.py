"""Every defect that `python -m benchmarks.recall` plants is one finding, and the rows it is planted into are none."""

import pytest

from benchmarks.recall.measure import all_plants, outcome_of, valid_kinds
from ftlint.rules.registry import RULES

PLANTS = list(all_plants())
# No file can show these: half a gigabyte, billions of tokens, a lock that was written before, a call that ends before a
# file is read.
NO_PLANT = {"FT506", "FT507", "FT710", "FT901"}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code}-{plant.form}")
def test_a_planted_defect_is_one_finding_and_brings_no_other(plant):
    outcome = outcome_of(plant)
    assert (outcome.findings, outcome.knock_on) == (plant.count, ())


def test_nothing_is_said_about_the_rows_that_defects_are_planted_into():
    assert {kind: found for kind, found in valid_kinds() if found} == {}


def test_every_rule_has_a_planted_defect():
    assert {rule.code for rule in RULES} - {plant.code for plant in PLANTS} - NO_PLANT == set()
