"""The commands of the viewer, each in a process of its own, as a person starts them."""

import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from builders import write_nifti_scan
from window_scenes import small_scan

from isthmus import cli
from isthmus.ui.window import Window


def run(*words: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `isthmus WORDS` in a folder, without any display."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    clean |= {"XDG_CONFIG_HOME": str(folder / "config"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "isthmus.cli", *map(str, words)],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def png_size(path: Path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def figures(output: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in output.splitlines())


def test_a_screenshot_is_made_without_a_display(tmp_path: Path) -> None:
    done = run(
        small_scan(tmp_path),
        "--screenshot",
        "out.png",
        "--bottleneck",
        "16ch",
        "--size",
        "1366x768",
        folder=tmp_path,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert png_size(tmp_path / "out.png") == (1366, 768)
    found = figures(done.stdout)
    assert found["bottleneck"] == "16ch"
    assert int(found["bytes"]) > 0
    assert float(found["psnr"].removesuffix(" dB")) > 15
    assert 0 < float(found["ssim"]) < 1
    assert found["picture"] == "out.png"
    # A picture leaves nothing behind: no settings, no half-written file.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["head.nii.gz", "out.png"]


def test_the_smallest_size_is_drawn_as_asked(tmp_path: Path) -> None:
    done = run(
        small_scan(tmp_path), "--screenshot", "out.png", "--size", "960x600", folder=tmp_path
    )
    assert done.returncode == 0
    assert png_size(tmp_path / "out.png") == (960, 600)


def test_a_screenshot_says_what_the_window_would_only_say_for_a_moment(tmp_path: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this computer has the graphics card that the test asks for in vain")
    scan = write_nifti_scan(tmp_path / "flat.nii.gz", np.full((6, 40, 36), 7, np.int16))
    done = run(scan, "--screenshot", "out.png", "--device", "cuda", folder=tmp_path)
    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert all(line.startswith("isthmus: ") for line in said)
    assert sum("CUDA" in line for line in said) == 1
    assert sum("flat" in line for line in said) == 1
    assert "psnr" in done.stdout


def test_the_demo_without_a_display_says_so_and_draws(tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("There is no display")
    assert "isthmus-demo.png" in done.stdout
    assert "psnr" in done.stdout
    assert png_size(tmp_path / "isthmus-demo.png") == (1920, 1080)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["gone.nii.gz", "--screenshot", "out.png"], "gone.nii.gz"),
        (["head.nii.gz", "--screenshot", "out.png", "--bottleneck", "7ch"], "7ch"),
        (["head.nii.gz", "--screenshot", "no/such/folder/out.png"], "out.png"),
        (["head.nii.gz"], "display"),
        (["gone.nii.gz"], "gone.nii.gz does not exist"),
    ],
)
def test_a_failure_is_one_line_and_status_1(words: list[str], names: str, tmp_path: Path) -> None:
    small_scan(tmp_path)
    done = run(*words, folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("isthmus: ")
    assert names in done.stderr
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--screenshot", "out.png"],
        ["head.nii.gz", "--device", "abacus"],
        ["head.nii.gz", "--size", "wide"],
        ["head.nii.gz", "--size", "10x10"],
        ["gone.nii.gz", "--size", "959x600"],
        ["gone.nii.gz", "--size", "960x599"],
        ["--no-such-option"],
        ["demo", "head.nii.gz"],
    ],
)
def test_wrong_usage_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(words)
    assert caught.value.code == 2
    assert "usage: isthmus" in capsys.readouterr().err


def test_the_smallest_size_is_that_of_the_window(window: Window) -> None:
    least = window.minimumSize()
    words = ["gone.nii.gz", "--screenshot", "out.png", "--size"]
    with pytest.raises(SystemExit):
        cli.main([*words, f"{least.width() - 1}x{least.height()}"])
    # A size that is accepted: only then is the scan looked for.
    assert cli.main([*words, f"{least.width()}x{least.height()}"]) == 1


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    for word in ("demo", "models", "compress", "decompress", "--screenshot", "Not for diagnosis."):
        assert word in text


def test_a_missing_system_library_is_named_with_its_remedy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('PySide6.QtGui', 'PySide6.QtWidgets'):\n"
        "            raise ImportError('libEGL.so.1: cannot open shared object file')\n"
        "sys.meta_path.insert(0, Broken())\n"
        "from isthmus.cli import main\n"
        "sys.exit(main(['demo', '--screenshot', 'out.png']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "libEGL.so.1 is missing" in done.stderr
    assert "apt install libegl1" in done.stderr
