"""Makes the demo scan: a simulated axial T1 of a head, with noise, shading and five lesions.

    python resources/demo/make.py TEMPLATE

TEMPLATE is the Colin27 head (1 mm, 181×217×181), as `ch2.nii.gz` in Debian's package mricron-data
(`/usr/share/mricron/templates/ch2.nii.gz`). The same template gives the same files, byte for byte:
`simulated-head.nii.gz` and `lesions.json`, beside this script.

    template ─▶ lesions ─▶ 3 mm slices ─▶ 256×256 frame ─▶ shading ─▶ Rician noise ─▶ uint16
"""

import argparse
import gzip
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import nibabel
import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent
TEMPLATE_SHA256 = "a009051127f64dc3dd554d5f5b589870ea72106d9642c21b4e7093e478cfc309"

SEED = 27
FIRST = 32  # the template's slice where the scan begins: below the cerebellum, above the teeth
N_SLICES, THICKNESS = 48, 3  # slices; template slices (1 mm) averaged into each
FRAME = 256  # rows and columns, 1 mm each
GAIN = 8.0  # stored value of one grey level of the template
WHITE_MATTER = 110.0  # the template's grey level there
SNR = 28.0  # of white matter


@dataclass(frozen=True)
class Lesion:
    """An ellipsoid whose signal differs from that of the tissue around it.

    Attributes:
        name: Where it lies, and what it looks like.
        centre_mm: (x, y, z) in RAS+ millimetres.
        size_mm: Diameters along x, y and z.
        contrast: Relative change of the signal: −0.3 is 30 % darker than the tissue would be.
    """

    name: str
    centre_mm: tuple[float, float, float]
    size_mm: tuple[float, float, float]
    contrast: float


LESIONS = (
    Lesion("left frontal white matter, dark", (-24.0, 22.0, 24.0), (9.0, 7.0, 8.0), -0.30),
    Lesion(
        "left periventricular white matter, dark", (-30.0, -23.0, 33.0), (6.0, 10.0, 6.0), -0.25
    ),
    Lesion("right centrum semiovale, small and faint", (28.0, -11.0, 35.0), (5.0, 5.0, 5.0), -0.20),
    Lesion("right parietal white matter, bright", (34.0, -40.0, 28.0), (10.0, 12.0, 9.0), 0.35),
    Lesion("right putamen, a lacune", (31.0, 1.0, 1.0), (5.0, 6.0, 5.0), -0.55),
)


def main() -> None:
    """Read the template, write the scan and the list of its lesions."""
    parser = argparse.ArgumentParser(description="Make the demo scan.")
    parser.add_argument("template", type=Path, help="Colin27's ch2.nii.gz")
    path = parser.parse_args().template
    if hashlib.sha256(path.read_bytes()).hexdigest() != TEMPLATE_SHA256:
        parser.error(f"{path} is not the template that the demo scan is made from")
    image = nibabel.load(path)
    head = np.asarray(image.dataobj).astype(np.float64)
    voxels, affine = simulate(head, image.affine)
    write_scan(HERE / "simulated-head.nii.gz", voxels, affine)
    write_lesions(HERE / "lesions.json", affine)


def simulate(
    head: npt.NDArray[np.float64], affine: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.float64]]:
    """Return the scan, axes (x, y, z) as in NIfTI, and its affine."""
    signal = add_lesions(head, affine)
    signal = signal[:, :, FIRST : FIRST + N_SLICES * THICKNESS]
    signal = signal.reshape(*signal.shape[:2], N_SLICES, THICKNESS).mean(axis=3)
    before = [(FRAME - size) // 2 for size in signal.shape[:2]]
    after = [FRAME - size - margin for size, margin in zip(signal.shape[:2], before, strict=True)]
    signal = np.pad(signal, [(before[0], after[0]), (before[1], after[1]), (0, 0)])

    placed = np.diag([1.0, 1.0, float(THICKNESS), 1.0])
    centre_of_first = (-before[0], -before[1], FIRST + (THICKNESS - 1) / 2)
    placed[:3, 3] = affine[:3, :3] @ centre_of_first + affine[:3, 3]

    signal *= GAIN * shading(signal.shape)
    deviation = GAIN * WHITE_MATTER / SNR
    noise = np.random.default_rng(SEED).normal(0.0, deviation, (2, *signal.shape))
    magnitude = np.hypot(signal + noise[0], noise[1])
    return np.rint(magnitude).clip(0, 4095).astype(np.uint16), placed


def add_lesions(
    head: npt.NDArray[np.float64], affine: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Scale the signal inside each ellipsoid, over an edge of 1 mm."""
    axes = [
        affine[axis, axis] * np.arange(size) + affine[axis, 3]
        for axis, size in enumerate(head.shape)
    ]
    position = np.meshgrid(*axes, indexing="ij", sparse=True)
    changed = head.copy()
    for lesion in LESIONS:
        semi = [diameter / 2 for diameter in lesion.size_mm]
        away = np.sqrt(
            sum(
                ((axis - centre) / half) ** 2
                for axis, centre, half in zip(position, lesion.centre_mm, semi, strict=True)
            )
        )
        inside = ((1.0 - away) * np.mean(semi) + 0.5).clip(0.0, 1.0)
        changed *= 1.0 + lesion.contrast * inside
    return changed


def shading(shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Return a smooth bias field, as of a receive coil: about ±20 % over the head, 1 on average."""
    u, v, w = np.meshgrid(*(np.linspace(-1, 1, size) for size in shape), indexing="ij")
    field = 0.10 * u - 0.16 * v + 0.07 * w + 0.12 * np.cos(1.9 * u + 0.4) * np.cos(1.6 * v)
    field += 0.05 * np.sin(2.3 * v + 1.1 * w)
    return np.asarray(np.exp(field - field.mean()))


def write_scan(path: Path, voxels: npt.NDArray[np.uint16], affine: npt.NDArray[np.float64]) -> None:
    """Write a NIfTI file that holds neither a time nor a file name."""
    image = nibabel.Nifti1Image(voxels, affine)
    image.header["descrip"] = b"Isthmus; simulated; T1 head made from Colin27 (MNI)"
    image.header.set_xyzt_units("mm")
    image.set_sform(affine, code="scanner")
    image.set_qform(affine, code="scanner")
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as file,
    ):
        file.write(image.to_bytes())


def write_lesions(path: Path, affine: npt.NDArray[np.float64]) -> None:
    """Write where each lesion lies, in millimetres and in voxels (k, j, i) of the scan."""
    listed = []
    for lesion in LESIONS:
        i, j, k = np.linalg.solve(affine[:3, :3], np.array(lesion.centre_mm) - affine[:3, 3])
        listed.append(asdict(lesion) | {"centre_voxel": [round(float(n), 2) for n in (k, j, i)]})
    text = json.dumps({"scan": "simulated-head.nii.gz", "lesions": listed}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
