"""Opening the window must not wait for readers that it does not need yet."""

import subprocess
import sys


def test_importing_scans_loads_no_reader() -> None:
    code = (
        "import sys, isthmus.scans; "
        "print([name for name in ('nibabel', 'pydicom', 'scipy', 'psutil') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
