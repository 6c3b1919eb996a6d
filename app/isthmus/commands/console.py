"""What a command says: its usage, progress, notices and figures."""

import argparse
import json
import math
import shutil
import sys
import time
from types import TracebackType
from typing import Any

Figures = dict[str, Any]

_DEVICES = ("auto", "cpu", "cuda", "mps")
_BAR = 24  # characters
# A bar drawn more often than this slows the work; an estimate made earlier than that is a guess.
_SECONDS_BETWEEN = 0.1
_SECONDS_BEFORE_ESTIMATE = 1.0


def new_parser(name: str, description: str, usage: str | None = None) -> argparse.ArgumentParser:
    """Return a parser for a command's words; wrong ones end the program with 2."""
    return argparse.ArgumentParser(prog=f"isthmus {name}", description=description, usage=usage)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option that prints one object instead of lines."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_device(parser: argparse.ArgumentParser) -> None:
    """Add the option of what computes."""
    parser.add_argument("--device", choices=_DEVICES, default="auto", help="what computes")


def whole_number(text: str) -> int:
    """Parse a whole number above 0.

    Raises:
        argparse.ArgumentTypeError: It is something else.
    """
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, not {text!r}")
    return int(text)


def positive_number(text: str) -> float:
    """Parse a finite number above 0.

    Raises:
        argparse.ArgumentTypeError: It is something else.
    """
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"expected a number above 0, not {text!r}")
    return number


def notice(words: object) -> None:
    """Print a line on standard error."""
    print(f"isthmus: {words}", file=sys.stderr)


def report(figures: Figures, as_json: bool) -> None:
    """Print figures, as one JSON object or one to a line."""
    if as_json:
        print(json.dumps(_plain(figures), ensure_ascii=False, allow_nan=False))
        return
    for key, value in figures.items():
        shown = f"{value:.4g}" if isinstance(value, float) else value
        print(f"{key.replace('_', ' ')}: {shown}", flush=True)


def _plain(value: Any) -> Any:
    """Replace numbers that JSON lacks by null: an infinite PSNR, when nothing was lost."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Bar:
    """Progress on a terminal's last line; nothing where standard error is a file.

    Used as a context, so that the line is gone before anything else is printed. Each stage of the
    work counts from 0 to 1 by itself::

        scan.nii.gz: Encoding slab 9 of 24  [#########---------------]  38 %  0:02 left
    """

    def __init__(self, label: str = "") -> None:
        self._label = f"{label}: " if label else ""
        self._shown = 0  # characters on the line
        self._fraction = math.inf
        self._start = self._drawn = 0.0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def __call__(self, fraction: float, text: str = "") -> None:
        """Show how far the present stage is; see `isthmus.work.Progress`."""
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        if fraction < self._fraction:  # the next stage
            self._start = now
        self._fraction = fraction
        if now - self._drawn < _SECONDS_BETWEEN and 0 < fraction < 1:
            return
        self._drawn = now
        self._draw(f"{self._label}{text}  {_bar(fraction)}  {_left(fraction, now - self._start)}")

    def say(self, words: str) -> None:
        """Print a notice in place of the line; progress goes on below it."""
        self.clear()
        notice(words)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._draw("")
            print(end="\r", file=sys.stderr, flush=True)

    def _draw(self, line: str) -> None:
        # A line as wide as the terminal would wrap, and could not be overwritten.
        line = line[: shutil.get_terminal_size().columns - 1]
        print(f"\r{line:<{self._shown}}", end="", file=sys.stderr, flush=True)
        self._shown = len(line)


def _bar(fraction: float) -> str:
    done = round(_BAR * fraction)
    return f"[{'#' * done}{'-' * (_BAR - done)}] {100 * fraction:3.0f} %"


def _left(fraction: float, spent: float) -> str:
    """Say how long the rest takes, if it takes as long as what is done."""
    if spent < _SECONDS_BEFORE_ESTIMATE or not 0 < fraction < 1:
        return ""
    minutes, seconds = divmod(math.ceil(spent * (1 - fraction) / fraction), 60)
    return f"{minutes}:{seconds:02} left"
