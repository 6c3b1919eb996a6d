"""How soon a folder is listed and its first slice seen, beside dcm2niix on the same folder.

    python benchmarks/opening.py [FOLDER] [--json]

Without FOLDER, a folder with 1,000 files is made: slices of 512×512 in series of 125, below each
other and named at random. Everything is measured once in a process of its own, from files that the
system has in memory: nothing of Isthmus or of pydicom has been used before.

files              in the folder
series             found in it
index_s            from the folder to the list of series
index_cpu_s        of these, seconds of the processor: what a machine with nothing else to do takes
first_found_s      from the folder to the first series told, while the list grows
first_slice_s      from there to the middle slice of the largest series, decoded and placed
whole_s            the same series, read whole
dcm2niix_list_s    dcm2niix lists the series of the folder
dcm2niix_cpu_s     of these, seconds of the processor
dcm2niix_series_s  dcm2niix converts the one series, which is its only way to show a slice
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dcm2niix
import numpy as np
import pydicom
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

_SERIES, _SLICES, _SIDE = 8, 125, 512


def main() -> int:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", metavar="FOLDER", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(_by_isthmus(options.folder)))
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or _made(Path(made))
        for path in folder.rglob("*"):
            if path.is_file():
                path.read_bytes()
        done = subprocess.run(
            [sys.executable, __file__, folder, "--measure"], stdout=subprocess.PIPE, check=True
        )
        figures = json.loads(done.stdout) | _by_dcm2niix(folder)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<17} {value}")
    return 0


def _made(folder: Path) -> Path:
    chance = random.Random(1)
    noise = np.random.default_rng(1).integers(0, 900, (_SIDE, _SIDE), np.uint16)
    names = [f"{n:04d}" for n in range(_SERIES * _SLICES)]
    chance.shuffle(names)
    study = generate_uid()
    for n in range(_SERIES):
        dataset = _slice(study, n)
        for k in range(_SLICES):
            dataset.InstanceNumber = k + 1
            dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
            dataset.ImagePositionPatient = [-120, -120, 1.2 * k]
            dataset.PixelData = (noise + k).tobytes()
            name = names[n * _SLICES + k]
            path = folder / f"DIR{name[-1]}" / f"IM{name}"
            path.parent.mkdir(exist_ok=True)
            dataset.save_as(path, enforce_file_format=True)
    return folder


def _slice(study: str, number: int) -> pydicom.Dataset:
    """One series' attributes, those that readers look at and some that scanners add."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = MRImageStorage
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = pydicom.Dataset()
    dataset.file_meta = meta
    dataset.SOPClassUID = MRImageStorage
    dataset.StudyInstanceUID = study
    dataset.SeriesInstanceUID = generate_uid()
    dataset.Manufacturer, dataset.Modality = "SIEMENS", "MR"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "M", "ND"]
    dataset.SeriesDescription = dataset.ProtocolName = f"t1_mpr_{number}"
    dataset.SeriesNumber = number + 1
    dataset.StudyDate = dataset.SeriesDate = "20240102"
    dataset.StudyTime = dataset.AcquisitionTime = "101112"
    dataset.ScanningSequence, dataset.SequenceVariant = "GR", "SP"
    dataset.RepetitionTime, dataset.EchoTime, dataset.FlipAngle = 8, 4, 10
    dataset.PatientPosition = "HFS"
    dataset.PatientName, dataset.PatientID = "Test^Object", "0"
    dataset.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    dataset.PixelSpacing, dataset.SliceThickness = [0.47, 0.47], 1.2
    dataset.Rows = dataset.Columns = _SIDE
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    # What makes scanners' headers long: a private block, like Siemens' protocol.
    block = dataset.private_block(0x0029, "ISTHMUS BENCHMARK", create=True)
    block.add_new(0x10, "OB", bytes(60_000))
    return dataset


def _by_isthmus(folder: Path) -> dict[str, float]:
    from isthmus.scans import first_look, list_series, read_series

    found: list[float] = []
    started, worked = time.perf_counter(), time.process_time()
    listed = list_series(folder, found=lambda _: found.append(time.perf_counter()))
    indexed, done = time.perf_counter(), time.process_time()
    first_look(listed[0])
    seen = time.perf_counter()
    read_series(listed[0])
    read = time.perf_counter()
    return {
        "files": sum(path.is_file() for path in folder.rglob("*")),
        "series": len(listed),
        "index_s": round(indexed - started, 2),
        "index_cpu_s": round(done - worked, 2),
        "first_found_s": round(min([*found, indexed]) - started, 2),
        "first_slice_s": round(seen - indexed, 3),
        "whole_s": round(read - seen, 2),
    }


def _by_dcm2niix(folder: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as out:
        options = ["-b", "n", "-z", "n", "-o", out]
        started, worked = time.perf_counter(), _children_cpu()
        # The number −1 is no series': it only lists them, each with the number to ask for.
        listed = subprocess.run(
            [dcm2niix.bin, "-n", "-1", *options, folder],
            capture_output=True,
            text=True,
            check=False,
        )
        indexed, done = time.perf_counter(), _children_cpu()
        numbers = [line.split()[0] for line in listed.stdout.splitlines() if line.startswith("\t")]
        if numbers:
            subprocess.run(
                [dcm2niix.bin, "-n", numbers[0], *options, folder], capture_output=True, check=False
            )
        converted = time.perf_counter()
    return {
        "dcm2niix_list_s": round(indexed - started, 2),
        "dcm2niix_cpu_s": round(done - worked, 2),
        "dcm2niix_series_s": round(converted - indexed, 2),
    }


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
