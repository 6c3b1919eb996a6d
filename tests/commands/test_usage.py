"""What all commands have in common: help, wrong usage, exit codes, one line on standard error."""

import subprocess
import sys
from dataclasses import replace

import pytest
from endings import assert_one_line

from isthmus.commands import COMMANDS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compress", "nowhere.nii", "OUT.isth"], "nowhere.nii"),
        (["compress", "SCAN", "OUT.isth", "--model", "nonsuch"], "There is no model “nonsuch”."),
        (["compress", "SCAN", "OUT.isth", "--model", "linear-dct-2", "--bottleneck", "5ch"],
         "has no bottleneck “5ch”. It has 4ch,"),
        (["compress", "PACKED", "OUT.isth"], "scan.isth"),
        (["compress", "SCAN", "nowhere/a.isth"], "There is no folder nowhere"),
        (["compress", "SCAN", "SCAN", "--out", "nowhere"], "There is no folder nowhere"),
        (["convert", "nowhere.nii", "OUT.nii.gz"], "nowhere.nii"),
        (["convert", "SCAN", "nowhere/a.nii"], "There is no folder nowhere"),
        (["series", "nowhere"], "nowhere does not exist."),
        (["series", "SCAN"], "scan.nii.gz is a file."),
        (["info", "nowhere.isth"], "nowhere.isth cannot be read. Check the path."),
        (["info", "SCAN"], "scan.nii.gz: This is not an .isth file."),
        (["decompress", "nowhere.isth", "OUT.nii.gz"], "nowhere.isth cannot be read."),
        (["decompress", "SCAN", "OUT.nii.gz"], "scan.nii.gz: This is not an .isth file."),
        (["decompress", "CUT", "OUT.nii.gz"], "cut.isth: The file ends too early: "),
        (["decompress", "FLIPPED", "OUT.nii.gz"], "flipped.isth: The file is damaged: "),
        (["decompress", "STRANGER", "OUT.nii.gz"], "No installed model has the weights 00"),
        (["decompress", "PACKED", "nowhere/a.nii.gz"], "There is no folder nowhere"),
    ],
)  # fmt: skip
def test_what_fails_leaves_one_line_and_nothing_else(
    run, scan, packed, tmp_path, monkeypatch, words, said
):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    data = packed.read_bytes()
    kept = {
        "CUT": data[:-1],
        "FLIPPED": data[:-1] + bytes([data[-1] ^ 1]),
        # The header's checksum covers the checkpoint's name: made anew.
        "STRANGER": stranger(data),
    }
    for name, content in kept.items():
        (tmp_path / f"{name.lower()}.isth").write_bytes(content)
    paths = {"SCAN": scan, "PACKED": packed}
    paths |= {name: tmp_path / f"{name.lower()}.isth" for name in kept}
    ended = run(*(paths.get(word, word) for word in words))
    assert ended.code == 1
    assert ended.out == ""
    assert_one_line(ended.err, said)
    assert list(work.iterdir()) == []


def stranger(data):
    """Return the same file as if other weights had written it."""
    from isthmus.codec import bitstream

    header, streams = bitstream.unpack(data)
    return bitstream.pack(replace(header, checkpoint_id="00" * 8), streams)


@pytest.mark.parametrize("words", [
    ["compress", "SCAN", "OUT"],
    ["compress", "SCAN", "scan.nii.gz"],
    ["compress", "SCAN", "a.isth.gz"],
    ["compress", "SCAN", "--out", "OUT"],
    ["decompress", "PACKED", "back.isth"],
    ["decompress", "PACKED", "back.png"],
    ["convert", "SCAN", "back.mha"],
])  # fmt: skip
def test_a_name_with_another_ending_is_wrong_usage(run, scan, packed, tmp_path, monkeypatch, words):
    """Above all, a scan is never overwritten by what was made of it."""
    monkeypatch.chdir(tmp_path)
    ended = run(*({"SCAN": scan, "PACKED": packed}.get(word, word) for word in words))
    assert ended.code == 2
    assert_one_line(ended.err, "is no name for the output. Let it end in .")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [
    ["series"],
    ["series", "a", "b"],
    ["convert", "a.nii"],
    ["convert", "a.nii", "b.nii", "c.nii"],
    ["compress"],
    ["compress", "a.nii"],
    ["compress", "a.nii", "b.nii", "c.isth"],
    ["compress", "a.nii", "b.isth", "--device", "abacus"],
    ["compress", "a.nii", "b.isth", "--psnr", "30", "--ratio", "40"],
    ["compress", "a.nii", "b.isth", "--psnr", "30", "--bottleneck", "8ch"],
    ["compress", "a.nii", "b.isth", "--psnr", "0"],
    ["compress", "a.nii", "b.isth", "--ratio", "many"],
    ["decompress", "a.isth", "b.nii", "--layers", "0"],
    ["info"],
    ["info", "a.isth", "--colour"],
    ["decompress", "a.isth"],
    ["decompress", "a.isth", "b.isth", "c.nii"],
    ["models", "extra"],
    ["train", "a.toml"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--threads", "0"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--threads", "two"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--minutes", "-1"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--minutes", "nan"],
])  # fmt: skip
def test_wrong_usage_is_two(run, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = run(*words)
    assert ended.code == 2
    assert f"usage: isthmus {words[0]}" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(run, command):
    ended = run(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert f"usage: isthmus {command}" in ended.out


def test_the_programs_help_lists_every_command(run):
    listed = run("--help").out.partition("commands:")[2]
    for name, command in COMMANDS.items():
        first = command.__doc__.partition("\n")[0].rstrip(".")
        assert f"  {name:<11} {first[0].lower()}{first[1:]}\n" in listed


def test_the_program_itself_ends_with_the_code(tmp_path):
    """Through the interpreter, not only through the function: what a script sees."""
    for words, code in ((["info", "nowhere.isth"], 1), (["info"], 2), (["models", "--json"], 0)):
        ended = subprocess.run(
            [sys.executable, "-c", "import sys; from isthmus.cli import main; sys.exit(main())",
             *words],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert ended.returncode == code
        assert "Traceback" not in ended.stderr
        if code == 1:
            assert_one_line(ended.stderr, "nowhere.isth cannot be read.")
