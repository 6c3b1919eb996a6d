"""Fixtures for all tests."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what is asked for by hand."""
    parser.addoption("--whole-scans", action="store_true", help="take no scan's middle for it all")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real scans beside the checkout; tests that need it skip without it."""
    if not _SHARED.is_dir():
        pytest.skip("needs the real scans in ../shared/data")
    return _SHARED.resolve()
