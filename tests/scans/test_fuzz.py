"""Spoilt files end in a scan or in one clear sentence: the short form of `benchmarks/fuzz.py`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz.py"


@pytest.mark.skipif(
    sys.platform == "win32", reason="limits of memory and forks need Linux or macOS"
)
def test_no_spoilt_file_crashes_hangs_or_takes_too_much() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--short", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    figures = json.loads(done.stdout)
    assert figures["faults"] == []
    assert figures["files"] > 50
    assert figures["volumes"] > 5
    assert figures["refusals"] > 20
