"""Small scans for tests, written by nibabel and pydicom: real files, made on the spot.

Nothing here uses Isthmus, so that what it reads is checked against other programs' writing.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import numpy.typing as npt
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import (
    EnhancedMRImageStorage,
    ExplicitVRLittleEndian,
    MRImageStorage,
    generate_uid,
)

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
Array = npt.NDArray[Any]


def phantom(shape: tuple[int, int, int] = (5, 24, 20), dtype: Any = np.uint16) -> Array:
    """Return a head-like blob that looks different from every side.

    An ellipsoid with a smooth shade along each axis, a bright ball off its centre, a dark one
    elsewhere, and a little noise: no flip and no swap of axes leaves it as it was.

    Args:
        shape: (slices, rows, columns).
        dtype: Values run from 0 to about 1000, or to 200 for one-byte types.
    """
    k, j, i = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij")
    inside = (k / 1.4) ** 2 + (j / 0.9) ** 2 + (i / 0.8) ** 2 < 1
    values = 0.45 + 0.1 * k + 0.12 * j + 0.08 * i
    values = values + 0.3 * (((k - 0.2) / 0.9) ** 2 + (j + 0.3) ** 2 + (i - 0.3) ** 2 < 0.05)
    values = values - 0.3 * (((k + 0.3) / 0.9) ** 2 + (j - 0.3) ** 2 + (i + 0.2) ** 2 < 0.04)
    noise = np.random.default_rng(1).random(shape)
    top = 200 if np.dtype(dtype).itemsize == 1 else 1000
    return np.clip((values * inside + 0.03 * noise) * top, 0, None).astype(dtype)


def write_nifti_scan(
    path: Path,
    voxels: Array,
    affine: Array | None = None,
    *,
    slope: float | None = None,
    intercept: float | None = None,
) -> Path:
    """Write voxels with axes (k, j, i) as NIfTI with nibabel.

    Args:
        path: Ends in `.nii` or `.nii.gz`.
        voxels: Three or more axes, the last one is i; a fourth dimension comes first.
        affine: Maps (i, j, k) to RAS+; left out, 0.9×1.1×3 mm with the usual axes.
        slope: Goes into the header as it is; the voxels are stored as given.
        intercept: As slope.
    """
    if affine is None:
        affine = np.diag((0.9, 1.1, 3.0, 1.0))
    image = nibabel.Nifti1Image(voxels.T, affine, dtype=voxels.dtype)
    image.header.set_xyzt_units("mm")
    image.header.set_slope_inter(slope, intercept)
    nibabel.save(image, path)
    return path


def change_header(path: Path, **fields: Any) -> Path:
    """Change fields of an uncompressed NIfTI-1 file's header, without checking them."""
    raw = bytearray(path.read_bytes())
    header = nibabel.Nifti1Header(bytes(raw[:348]), check=False)
    for name, value in fields.items():
        header[name] = value
    raw[:348] = header.binaryblock
    path.write_bytes(raw)
    return path


def write_dicom_series(
    folder: Path,
    voxels: Array,
    *,
    orientation: Sequence[float] = AXIAL,
    origin: Sequence[float] = (-100.0, -120.0, -30.0),
    spacing: tuple[float, float] = (1.1, 0.9),
    step: float = 3.0,
    positions: Sequence[Sequence[float]] | None = None,
    series: str = "",
    description: str = "t1_test",
    prefix: str = "IM",
    **attributes: Any,
) -> list[Path]:
    """Write a classic MR series, one file a slice, and return its files in the order of slices.

    Names and instance numbers run against the slices, so that a reader that trusts them fails.

    Args:
        folder: Made if it is not there.
        voxels: (slices, rows, columns), whole numbers.
        orientation: Directions of a row and of a column, in LPS+.
        origin: Centre of the first voxel in LPS+ millimetres.
        spacing: Millimetres between rows, and between columns.
        step: Millimetres between slices along the normal.
        positions: Of each slice, in place of `origin` and `step`.
        series: Series instance UID; a new one if empty.
        description: Series description.
        prefix: How the names of files begin.
        attributes: Any other DICOM attribute by keyword; None removes it; a list that is as long
            as there are slices gives each its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    series = series or generate_uid()
    normal = np.cross(orientation[:3], orientation[3:])
    paths = []
    for k, plane in enumerate(voxels):
        dataset = _dataset(MRImageStorage, series, description, plane)
        dataset.InstanceNumber = len(voxels) - k
        dataset.ImageOrientationPatient = [float(value) for value in orientation]
        place = positions[k] if positions is not None else np.asarray(origin) + k * step * normal
        dataset.ImagePositionPatient = [round(float(value), 6) for value in place]
        dataset.PixelSpacing = list(spacing)
        dataset.SliceThickness = step
        for keyword, value in attributes.items():
            own = value[k] if isinstance(value, list) and len(value) == len(voxels) else value
            if own is None:
                delattr(dataset, keyword)
            else:
                setattr(dataset, keyword, own)
        paths.append(folder / f"{prefix}{len(voxels) - k:04d}")
        dataset.save_as(paths[-1], enforce_file_format=True)
    return paths


def write_dicom_enhanced(
    path: Path,
    voxels: Array,
    *,
    orientation: Sequence[float] = AXIAL,
    origin: Sequence[float] = (-100.0, -120.0, -30.0),
    spacing: tuple[float, float] = (1.1, 0.9),
    step: float = 3.0,
    order: Sequence[int] | None = None,
    stacks: Sequence[str] | None = None,
    scalings: Sequence[tuple[float, float]] | None = None,
    shared: bool = True,
    description: str = "t1_enhanced",
) -> Path:
    """Write one enhanced MR file with functional groups.

    Args:
        path: The file.
        voxels: (slices, rows, columns), whole numbers; slice k lies at `origin` + k · `step`.
        orientation: As for `write_dicom_series`.
        origin: As for `write_dicom_series`.
        spacing: As for `write_dicom_series`.
        step: As for `write_dicom_series`.
        order: In which order the slices stand in the file; left out, as they lie.
        stacks: Stack ID of each slice.
        scalings: Slope and intercept of each slice.
        shared: Whether orientation and spacing stand in the shared groups, or in each frame's.
        description: Series description.
    """
    order = list(range(len(voxels))) if order is None else list(order)
    dataset = _dataset(EnhancedMRImageStorage, generate_uid(), description, voxels[order])
    dataset.NumberOfFrames = len(voxels)
    dataset.InstanceNumber = 1
    normal = np.cross(orientation[:3], orientation[3:])
    common = Dataset()
    if shared:
        _place(common, orientation, spacing, step)
    dataset.SharedFunctionalGroupsSequence = [common]
    groups = []
    for k in order:
        group, position, content = Dataset(), Dataset(), Dataset()
        place = np.asarray(origin) + k * step * normal
        position.ImagePositionPatient = [round(float(value), 6) for value in place]
        group.PlanePositionSequence = [position]
        content.StackID = stacks[k] if stacks else "1"
        content.InStackPositionNumber = k + 1
        group.FrameContentSequence = [content]
        if not shared:
            _place(group, orientation, spacing, step)
        if scalings:
            values = Dataset()
            values.RescaleSlope, values.RescaleIntercept = scalings[k]
            values.RescaleType = "US"
            group.PixelValueTransformationSequence = [values]
        window = Dataset()
        window.WindowCenter, window.WindowWidth = 400 + k, 900
        group.FrameVOILUTSequence = [window]
        groups.append(group)
    dataset.PerFrameFunctionalGroupsSequence = groups
    dataset.save_as(path, enforce_file_format=True)
    return path


def _place(
    group: Dataset, orientation: Sequence[float], spacing: tuple[float, float], step: float
) -> None:
    plane, measures = Dataset(), Dataset()
    plane.ImageOrientationPatient = [float(value) for value in orientation]
    measures.PixelSpacing = list(spacing)
    measures.SliceThickness = step
    group.PlaneOrientationSequence = [plane]
    group.PixelMeasuresSequence = [measures]


def _dataset(kind: pydicom.uid.UID, series: str, description: str, pixels: Array) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = kind
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.SOPClassUID = kind
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.SeriesInstanceUID = series
    dataset.StudyInstanceUID = generate_uid()
    dataset.PatientName = "Doe^Jane"
    dataset.PatientID = "SECRET-4711"
    dataset.SeriesDescription = description
    dataset.Modality = "MR"
    dataset.Rows, dataset.Columns = pixels.shape[-2:]
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    bits = pixels.dtype.itemsize * 8
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = bits, bits, bits - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    dataset.PixelData = np.ascontiguousarray(pixels).tobytes()
    dataset["PixelData"].VR = "OW"
    return dataset
