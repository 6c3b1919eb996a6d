"""The kind of picture is read from words, and only words of a fixed list come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.scans.sequences import sequence_from_codes, sequence_from_words

WORDS = {"FLAIR", "SWI", "T2*", "ADC", "DWI", "BOLD", "T1", "T2", "PD", "CT", ""}


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("AX T2 FLAIR fs", "FLAIR"),
        ("t1_mpr_tra_gk_v4", "T1"),
        ("anat-T1w_acq-tfl", "T1"),
        ("sub-02_T2w", "T2"),
        ("ep2d_diff_mddw_20_p2", "DWI"),
        ("ax t2* gre", "T2*"),
        ("MPRAGE", "T1"),
        ("t1ce", "T1"),
        ("Dark-Fluid 3D", "FLAIR"),
        ("CT thorax", "CT"),
        ("PD TSE", "PD"),
        ("spectacle", ""),
        ("Patient T. Wone", ""),
        ("", ""),
    ],
)
def test_words(text: str, sequence: str) -> None:
    assert sequence_from_words([text]) == sequence


def test_the_first_text_that_says_something_wins() -> None:
    assert sequence_from_words(["head", "t2_tse", "t1"]) == "T2"


@given(st.lists(st.text(max_size=20), max_size=3))
def test_nothing_else_ever_comes_out(texts: list[str]) -> None:
    assert sequence_from_words(texts) in WORDS


@pytest.mark.parametrize(
    ("codes", "words"),
    [(["GR", "IR"], "Inversion recovery"), (["SE"], "Spin echo"), (["XX"], ""), ([], "")],
)
def test_codes(codes: list[str], words: str) -> None:
    assert sequence_from_codes(codes) == words
