"""The table of national guidelines: what it says, and that every line says where it is from."""

import pytest

from isthmus.quality.guidelines import GUIDELINES, guidelines_for


@pytest.mark.parametrize(
    ("modality", "lines"),
    [
        ("MR", [("Canada", "", 24), ("Germany", "", 7)]),
        (
            "CT",
            [
                ("Canada", "", 15),
                ("Canada", "brain", 12),
                ("Germany", "", 8),
                ("Germany", "brain", 5),
            ],
        ),
        ("mr", [("Canada", "", 24), ("Germany", "", 7)]),
        ("US", []),
        ("", []),
    ],
)
def test_each_modality_has_its_own_lines_largest_first(modality, lines):
    found = [(line.country, line.part, line.ratio) for line in guidelines_for(modality)]
    assert found == lines


def test_what_is_known_at_second_hand_says_so():
    assert {line.country for line in GUIDELINES if line.second_hand} == {"Canada"}


def test_every_line_names_its_body_its_year_and_its_source():
    for line in GUIDELINES:
        assert line.body
        assert 2000 < line.year < 2030
        assert len(line.source) > 20
        assert line.ratio > 1
