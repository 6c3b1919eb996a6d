"""Which scans are measured with which models."""

from pathlib import Path

import pytest

from isthmus.errors import UsageError
from isthmus.evaluation import plan_of, read_plan


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a plan."""

    def write_it(text):
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_it


def test_a_scan_belongs_to_the_patient_that_its_folder_is_named_after(tmp_path):
    series = tmp_path / "patient04"
    series.mkdir()
    scans = [
        tmp_path / "patient09" / "t1.nii.gz",
        series,
        tmp_path / "patient09" / "t2.nii",
    ]
    plan = plan_of(scans, ["mr-general-1", "folder/other-2.safetensors"])
    assert [(case.patient, case.name) for case in plan.cases] == [
        ("patient09", "t1"), ("patient09", "t2"), ("patient04", "patient04")
    ]  # fmt: skip
    rows = (("mr-general-1", "mr-general-1"), ("other-2", "folder/other-2.safetensors"))
    assert {case.models for case in plan.cases} == {rows}


def test_one_row_may_have_another_model_for_each_patient(write):
    path = write(
        """
        anchors = ["jpeg2000", "hevc"]
        bottlenecks = ["8ch"]
        models = { Isthmus = "mr-general-1" }

        [[patients]]
        name = "09"
        scans = ["validation/a.nii.gz", "validation/b.nii.gz"]

        [[patients]]
        name = "01"
        scans = ["train/a.nii.gz"]
        models = { Isthmus = "folds/without-01.safetensors", Classic = "classic-1" }
        """
    )
    plan = read_plan(path, Path("data"))
    assert (plan.anchors, plan.bottlenecks) == ("jpeg2000,hevc", ("8ch",))
    assert [(case.patient, case.scan) for case in plan.cases] == [
        ("09", Path("data/validation/a.nii.gz")),
        ("09", Path("data/validation/b.nii.gz")),
        ("01", Path("data/train/a.nii.gz")),
    ]
    assert plan.cases[0].models == (("Isthmus", "mr-general-1"),)
    assert plan.cases[2].models == (
        ("Isthmus", path.parent / "folds/without-01.safetensors"), ("Classic", "classic-1")
    )  # fmt: skip


def test_scans_lie_beside_the_plan_unless_told_otherwise(write):
    path = write('[[patients]]\nname = "09"\nscans = ["a.nii"]')
    plan = read_plan(path)
    assert plan.cases[0].scan == path.parent / "a.nii"
    assert plan.cases[0].models == (("Isthmus", None),)
    assert plan.anchors == "none"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("patients = ", "not valid TOML"),
        ("", "lacks the entry patients"),
        ("patients = [1]", "patients must be a list of tables"),
        ("[[patients]]\nname = '09'", "a patient lacks the entry scans"),
        ("[[patients]]\nname = '09'\nscans = 'a'", "scans must be a list of paths"),
        ("[[patients]]\nname = 9\nscans = []", "name must be a text"),
        ("patients = []\nmodel = 'a'", "unknown entry, model"),
        ("patients = []\nmodels = 'a'", "models must be a table"),
        ("patients = []\nanchors = 'hevc'", "anchors must be a list"),
        ("patients = []", "names no scan"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(write, text, said):
    with pytest.raises(UsageError, match=said) as refused:
        read_plan(write(text))
    assert "plan.toml" in str(refused.value)


def test_a_plan_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"The plan nowhere\.toml cannot be read\."):
        read_plan(tmp_path / "nowhere.toml")
