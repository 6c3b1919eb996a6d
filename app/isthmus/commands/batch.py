"""One file or many: which output belongs to which source, and going on when one of many fails."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from isthmus.commands.console import Bar, Figures, notice, report
from isthmus.commands.files import check_out, no_folder
from isthmus.errors import IsthmusError, UsageError

# What is cut off a file's name to name its output after it.
_ENDINGS = (".nii.gz", ".nii", ".dcm", ".isth")


@dataclass(frozen=True)
class Plan:
    """What a command makes of what.

    Attributes:
        tasks: A source and an output each.
        in_folder: Whether the outputs' names were made up, for a folder; otherwise the person
            named the one output.
    """

    tasks: tuple[tuple[Path, Path], ...]
    in_folder: bool


def add_paths(parser: argparse.ArgumentParser, source: str, out: str) -> None:
    """Add what `plan` looks at: paths, and where to write what is made of many.

    Args:
        parser: Of the command.
        source: What the help calls a source.
        out: What it calls an output.
    """
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar=source, help=f"the last is {out}, unless --out is"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help=f"where to write many, or the one {out}"
    )


def plan(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    endings: tuple[str, ...],
    *,
    folders: bool = False,
) -> Plan:
    """Pair sources with outputs, and refuse what cannot be written before any work is done.

    Args:
        parser: Tells of a wrong number of paths.
        options: What `add_paths` asked for.
        endings: What an output's name may end in; the first is used for made-up names.
        folders: Whether the one output that was named may also be a folder, for DICOM.

    Raises:
        UsageError: The output's name has another ending, or two outputs would be one file.
        ScanError: There is no such folder.
    """
    paths: list[Path] = options.paths
    out: Path | None = options.out
    if out is None:
        if len(paths) != 2:
            parser.error("expected one source and its output, or --out FOLDER")
        *paths, out = paths
    elif out.is_dir():
        outs = [out / (_stem(path) + endings[0]) for path in paths]
        for n, one in enumerate(outs):
            if one in outs[:n]:
                raise UsageError(f"Two of these files would become {one.name}.", "Rename one.")
        return Plan(tuple(zip(paths, outs, strict=True)), in_folder=True)
    elif len(paths) > 1:
        raise no_folder(out)
    check_out(out, endings, folders=folders)
    return Plan(((paths[0], out),), in_folder=False)


def run_each(planned: Plan, work: Callable[[Path, Path, Bar], Figures], *, as_json: bool) -> int:
    """Do the work and print its figures; of many files, one that fails does not stop the others.

    Args:
        planned: The files.
        work: Makes an output of a source and returns its figures.
        as_json: Whether to print one object: the figures, or `{"files": [figures, …]}` where a
            folder is written to. Those of a failed file are its `source` and the `error`.

    Returns:
        0, or 1 if one of many failed; each failure is told in one line.

    Raises:
        IsthmusError: The only file failed.
    """
    done: list[Figures] = []
    failed = False
    for n, (source, out) in enumerate(planned.tasks):
        label = f"{n + 1}/{len(planned.tasks)} {source.name}" if len(planned.tasks) > 1 else ""
        try:
            with Bar(label) as bar:
                figures = work(source, out, bar)
        except IsthmusError as error:
            if not planned.in_folder:
                raise
            notice(error)
            failed = True
            figures = {"source": str(source), "error": str(error)}
        else:
            if not as_json:
                report(figures, as_json=False)
                if n + 1 < len(planned.tasks):
                    print()
        done.append(figures)
    if as_json:
        report({"files": done} if planned.in_folder else done[0], as_json=True)
    return int(failed)


def _stem(path: Path) -> str:
    name = (path.resolve() if path.is_dir() else path).name  # "." has no name
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name
