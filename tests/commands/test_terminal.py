"""What a terminal shows of the progress, and what Ctrl-C leaves behind."""

import io
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stderr

import pytest
from endings import assert_one_line

from isthmus.commands.console import Bar
from isthmus.scans import demo_scan


class Terminal(io.StringIO):
    """A terminal of 80 columns, which keeps all that was written to it."""

    def isatty(self):
        return True

    def screen(self):
        """Return the lines that stand there, blanks at their ends cut off."""
        lines = []
        for written in self.getvalue().split("\n"):
            line = ""
            for part in written.split("\r"):
                assert len(part) < 80  # or it would wrap, and could not be overwritten
                line = part + line[len(part) :]
            lines.append(line.rstrip())
        return lines


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal()


def test_a_terminal_shows_a_bar_which_is_gone_in_the_end(terminal):
    with redirect_stderr(terminal), Bar("2/3 scan.nii.gz") as bar:
        bar(0.25, "Encoding slab 6 of 24")
        assert terminal.screen() == [
            "2/3 scan.nii.gz: Encoding slab 6 of 24  [######------------------]  25 %"
        ]
        bar.say("Something odd.")
        bar(1.0, "Writing")
        assert terminal.screen() == [
            "isthmus: Something odd.",
            "2/3 scan.nii.gz: Writing  [########################] 100 %",
        ]
    assert terminal.screen() == ["isthmus: Something odd.", ""]


def test_a_long_line_never_wraps(terminal):
    with redirect_stderr(terminal), Bar("a" * 100) as bar:
        bar(0.0, "b" * 100)


def test_the_remaining_time_is_shown(terminal, monkeypatch):
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with redirect_stderr(terminal), Bar() as bar:
        bar(0.0, "Encoding")
        now = 130.0
        bar(0.25, "Encoding")
        assert terminal.screen()[-1].endswith("  25 %  1:30 left")
        now = 131.0
        bar(0.0, "Writing")  # the next stage counts anew
        now = 133.0
        bar(0.5, "Writing")
        assert terminal.screen()[-1].endswith("  50 %  0:02 left")


def test_commands_draw_bars_on_a_terminal_and_nothing_elsewhere(run, scan, tmp_path, terminal):
    words = ("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-2")
    with redirect_stderr(terminal):
        assert run(*words).code == 0
    for stage in ("Reading", "Compressing"):
        assert re.search(rf"{stage}.*\[#+-*\] +\d+ %", terminal.getvalue())
    assert terminal.screen() == [""]


def test_a_file_gets_no_bar(run, scan, tmp_path):
    assert run("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-2").err == ""


PROGRAM = (
    # A shell that starts the tests in the background makes their children deaf to Ctrl-C.
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from isthmus.cli import main; sys.exit(main())"
)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
@pytest.mark.parametrize("command", ["compress", "decompress"])
def test_ctrl_c_leaves_nothing_half_written(run, tmp_path, command):
    """A real process on a real terminal, interrupted while it works on a real scan."""
    out = tmp_path / "out"
    out.mkdir()
    if command == "compress":
        words, stage = [demo_scan(), out / "a.isth"], b"Compressing"
    else:
        packed = tmp_path / "a.isth"
        assert run("compress", demo_scan(), packed, "--model", "linear-dct-2").code == 0
        words, stage = [packed, out / "a.nii.gz"], b"Writing slice"
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, command, *words], stdout=subprocess.PIPE, stderr=theirs
    ) as program:
        os.close(theirs)
        said = read_until(ours, stage)
        program.send_signal(signal.SIGINT)
        said += read_until(ours, None)
        printed = program.stdout.read()
    os.close(ours)
    assert program.returncode == 1
    assert list(out.iterdir()) == []
    assert printed == b""
    shown = Terminal()
    shown.write(said.decode().replace("\r\n", "\n"))
    line, rest = shown.screen()
    assert_one_line(f"{line}\n", "stopped.")
    assert rest == ""


def read_until(terminal, words):
    """Return what a terminal shows, up to some words or its end."""
    said = b""
    while words is None or words not in said:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other end was closed
            part = b""
        if not part:
            assert words is None, f"{words} was not said: {said}"
            break
        said += part
    return said
