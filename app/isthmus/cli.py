"""The commands. Without a command's name in front, the arguments are scans for the viewer.

Nothing heavy is imported here: the window's code, and that of each other command, is loaded when
it is asked for.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from isthmus import __version__
from isthmus.errors import IsthmusError, UsageError

DEVICES = ("auto", "cpu", "cuda", "mps")
_SMALLEST, _LARGEST = (960, 600), 16384  # of the window; it grows by itself if asked for less

_DESCRIPTION = """\
See what a learned bottleneck does to a medical scan: the original, what comes back, and the
difference. Research use. Not for diagnosis."""

_LIBRARIES = (
    "libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libdbus-1-3 libfontconfig1"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What stands after the program's name; by default, what it was called with.

    Returns:
        0 done, 1 failed (one line on standard error says why), 2 wrong usage.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0].isalpha():
            if words[0] == "demo":
                return _demo(words[1:])
            # A command's name wins over a file of that name; `./series` opens the file.
            from isthmus.commands import COMMANDS

            if words[0] in COMMANDS:
                return COMMANDS[words[0]](words[1:])
        return _viewer(words)
    except UsageError as error:
        print(f"isthmus: {error}", file=sys.stderr)
        return 2
    except IsthmusError as error:
        print(f"isthmus: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("isthmus: stopped.", file=sys.stderr)
        return 1


def _viewer(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="isthmus", description=_DESCRIPTION, epilog=_epilog() if _wants_help(words) else None
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        type=Path,
        help="a NIfTI file, a DICOM file, a folder with a DICOM series, or a session; the first is "
        "opened",
    )
    parser.add_argument("--version", action="version", version=f"isthmus {__version__}")
    _add_viewer_options(parser)
    options = parser.parse_args(words)
    if options.screenshot and not options.paths:
        parser.error("--screenshot needs a scan: isthmus PATH --screenshot OUT.png")
    return _run(options, options.paths)


def _demo(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="isthmus demo",
        description="Open the viewer on the demo scan, a simulated head and not a patient, and "
        "lead through it in a minute. Without a display, the same window is drawn into "
        "isthmus-demo.png.",
    )
    _add_viewer_options(parser)
    options = parser.parse_args(words)
    if options.screenshot is None and not _has_display():
        options.screenshot = Path("isthmus-demo.png")
        print("There is no display, so the window is drawn into a picture.", flush=True)
    from isthmus.scans import demo_scan

    return _run(options, [demo_scan()], tour=True)


def _add_viewer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--screenshot",
        metavar="OUT.png",
        type=Path,
        help="draw the window into this file without a display, print the figures, and leave",
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=_size,
        default=(1920, 1080),
        help="size of the window in a screenshot (default 1920x1080)",
    )
    parser.add_argument(
        "--bottleneck", metavar="NAME", default="", help="the bottleneck to start with, as 32ch"
    )
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="where the model runs (default auto)"
    )


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"expected a size such as 1920x1080, not {text!r}")
    size = int(width), int(height)
    if not (_SMALLEST[0] <= size[0] <= _LARGEST and _SMALLEST[1] <= size[1] <= _LARGEST):
        smallest, largest = f"{_SMALLEST[0]}x{_SMALLEST[1]}", f"{_LARGEST}x{_LARGEST}"
        raise argparse.ArgumentTypeError(f"the size must lie between {smallest} and {largest}")
    return size


def _run(options: argparse.Namespace, paths: list[Path], *, tour: bool = False) -> int:
    for path in paths[:1]:
        if not path.exists():
            raise IsthmusError(
                f"{path.name} does not exist.", f"Look for it in {path.absolute().parent}."
            )
    if options.screenshot is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    else:
        _check_platform()
    if sys.platform == "win32":
        # WORKAROUND: torch 2.9 and later fails to load after Qt. Remove it when that is mended:
        # https://github.com/pytorch/pytorch/issues/166628
        import torch  # noqa: F401
    try:
        from isthmus.ui import app
    except ImportError as error:
        if ".so" not in str(error):
            raise
        missing = str(error).partition(":")[0]
        raise IsthmusError(
            f"The window cannot start: the system library {missing} is missing.",
            f"On Debian and Ubuntu: sudo apt install {_LIBRARIES}",
        ) from error
    if options.screenshot is not None:
        figures = app.screenshot(
            paths[0],
            options.screenshot,
            size=options.size,
            bottleneck=options.bottleneck,
            device=options.device,
            say=lambda words: print(f"isthmus: {words}", file=sys.stderr),
        )
        print("\n".join((*figures, f"picture      {options.screenshot}")))
        return 0
    return app.run(paths, bottleneck=options.bottleneck, device=options.device, tour=tour)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _check_platform() -> None:
    """Tell about what Qt would only abort on.

    Raises:
        IsthmusError: There is no display, or X11 lacks a library that Qt's plugin needs.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not _has_display():
        raise IsthmusError(
            "There is no display to open a window on.",
            "With --screenshot OUT.png the window is drawn into a file instead.",
        )
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    import ctypes

    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise IsthmusError(
            "The window cannot start: the system library libxcb-cursor.so.0 is missing.",
            f"On Debian and Ubuntu: sudo apt install {_LIBRARIES}",
        ) from error


def _wants_help(words: list[str]) -> bool:
    return "-h" in words or "--help" in words


def _epilog() -> str:
    from isthmus.commands import COMMANDS

    lines = ["commands:", "  demo        " + "the viewer on a simulated head"]
    for name, run in COMMANDS.items():
        summary = (run.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        lines.append(f"  {name:<11} {summary[:1].lower()}{summary[1:]}")
    return "\n".join(lines) + "\n\n“isthmus COMMAND --help” tells more about one of them."


if __name__ == "__main__":
    sys.exit(main())
