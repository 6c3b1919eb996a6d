"""Every failure becomes a sentence that names the file, and keeps its cause."""

from pathlib import Path

import pytest

from isthmus.errors import IsthmusError, OutOfMemoryError, ScanError
from isthmus.scans.failures import explained
from isthmus.work import Cancelled


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        (MemoryError(), OutOfMemoryError, "There was not enough memory for a.nii."),
        (FileNotFoundError(), ScanError, "a.nii does not exist."),
        (PermissionError(), ScanError, "a.nii may not be read."),
        (OSError(5, "Input/output error"), ScanError, "a.nii cannot be read: Input/output error."),
        (KeyError("x"), ScanError, "a.nii is damaged in a way that Isthmus does not know"),
    ],
)
def test_failures_are_explained(failure: Exception, kind: type[IsthmusError], words: str) -> None:
    with pytest.raises(kind) as caught, explained(Path("a.nii")):
        raise failure
    assert words in caught.value.problem
    assert caught.value.remedy
    assert caught.value.__cause__ is failure


@pytest.mark.parametrize("failure", [ScanError("b.nii", "Wrong."), Cancelled()])
def test_what_is_already_said_passes(failure: Exception) -> None:
    with pytest.raises(type(failure)) as caught, explained(Path("a.nii")):
        raise failure
    assert caught.value is failure
