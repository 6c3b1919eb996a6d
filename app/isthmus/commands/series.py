"""`isthmus series`."""

from pathlib import Path

from isthmus.commands.console import Bar, Figures, add_json, new_parser, report
from isthmus.errors import ScanError


def run(words: list[str]) -> int:
    """List the DICOM series in a folder."""
    parser = new_parser(
        "series",
        "List the DICOM series in a folder and the folders in it, the one that is opened by "
        "itself first. Other commands take one by --series UID, and one of its parts by --part N.",
    )
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="or a DICOMDIR, a ZIP archive, a DICOM file"
    )
    parser.add_argument(
        "--dates", action="store_true", help="say when each was made; it may identify a patient"
    )
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import scans

    folder: Path = options.folder
    if folder.is_file() and not (scans.is_collection(folder) or scans.looks_like_dicom(folder)):
        raise ScanError(folder, f"{folder.name} is a file.", "Name the folder that it lies in.")
    with Bar() as bar:
        found = scans.list_series(folder, progress=bar)
    listed = []
    for each in found:
        figures: Figures = {
            "uid": each.uid,
            "description": each.description,
            "modality": each.modality,
            "kind": each.kind,
            "slices": each.n_slices,
            "rows": each.rows,
            "columns": each.columns,
            "files": each.n_files,
            "bytes": sum(path.stat().st_size for path in each.files),
            "parts": list(each.parts),
        }
        if options.dates:
            figures["date"] = each.date
        listed.append(figures)
    if options.json:
        report({"series": listed}, as_json=True)
        return 0
    if not listed:
        print(f"{folder} holds no DICOM series.")
    for figures in listed:
        print(_in_words(figures))
    return 0


def _in_words(figures: Figures) -> str:
    from isthmus.scans.memory import in_words

    facts = [
        figures["modality"],
        figures["kind"],
        f"{figures['slices']} slices of {figures['rows']}×{figures['columns']}",
        f"{figures['files']} files, {in_words(figures['bytes'])}",
        figures.get("date", ""),
    ]
    name = figures["description"] or "without a description"
    lines = [figures["uid"], f"  {name}", f"  {'; '.join(fact for fact in facts if fact)}"]
    lines += [f"    part {n}: {label}" for n, label in enumerate(figures["parts"], 1)]
    return "\n".join(lines)
