"""`isthmus series`."""

import json

import pytest
from builders import phantom, write_dicom_series


@pytest.fixture
def disc(tmp_path):
    """A folder as on a hospital's disc: two series and a text."""
    folder = tmp_path / "disc"
    write_dicom_series(folder / "a", phantom((3, 8, 12)), series="1.2.3", description="t2_small",
                       SeriesDate="20190203", StudyDate="20190201")  # fmt: skip
    write_dicom_series(folder / "b", phantom((5, 16, 10)), series="1.2.4", description="t1_large",
                       StudyDate="20190201")  # fmt: skip
    (folder / "README.TXT").write_text("Run VIEW.EXE.")
    return folder


def test_every_series_is_listed_the_largest_first(run, disc):
    ended = run("series", disc, "--json")
    assert (ended.code, ended.err) == (0, "")
    sizes = {
        name: sum(path.stat().st_size for path in (disc / name).iterdir()) for name in ("a", "b")
    }
    assert json.loads(ended.out) == {
        "series": [
            {"uid": "1.2.4", "description": "t1_large", "modality": "MR", "slices": 5,
             "rows": 16, "columns": 10, "files": 5, "bytes": sizes["b"]},
            {"uid": "1.2.3", "description": "t2_small", "modality": "MR", "slices": 3,
             "rows": 8, "columns": 12, "files": 3, "bytes": sizes["a"]},
        ]
    }  # fmt: skip


def test_for_people_each_series_is_described(run, disc):
    ended = run("series", disc)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1.2.4\n  t1_large\n  MR; 5 slices of 16×10; 5 files, ")
    assert "1.2.3\n  t2_small\n  MR; 3 slices of 8×12; 3 files, " in ended.out


def test_dates_and_patients_stay_hidden_unless_asked_for(run, disc):
    for words in ([], ["--json"]):
        said = run("series", disc, *words).out
        assert "2019" not in said
        assert "Doe" not in said
        assert "4711" not in said
    assert [each["date"] for each in json.loads(run("series", disc, "--dates", "--json").out)[
        "series"]] == ["20190201", "20190203"]  # fmt: skip
    assert "; 20190203\n" in run("series", disc, "--dates").out


def test_a_folder_without_series_holds_none(run, scan):
    ended = run("series", scan.parent)
    assert (ended.code, ended.err) == (0, "")
    assert "holds no DICOM series." in ended.out
    assert json.loads(run("series", scan.parent, "--json").out) == {"series": []}
