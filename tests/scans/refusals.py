"""How tests read a scan that must not open, or that opens with a warning."""

from pathlib import Path
from typing import Any

import pytest

from isthmus.errors import ScanError
from isthmus.scans import read


def refusal(path: Path, **options: Any) -> ScanError:
    """Read what must not open; check that the message is fit for a person."""
    with pytest.raises(ScanError) as caught:
        read(path, **options)
    error = caught.value
    assert error.path.name in error.problem
    assert error.problem.endswith(".")
    assert error.remedy
    return error


def warnings_of(path: Path) -> tuple[str, ...]:
    """Read a scan and return what the person is told about it."""
    return read(path).source.warnings
