"""What an .isth file says of itself: the header, its limits, and its fields as bytes."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.codec.fields import Reader, nonsense, write_integer, write_number, write_text
from isthmus.codec.latent import FULL_STRENGTH, Grid
from isthmus.errors import BitstreamError

# Slabs between two restart points, as this version writes them.
RESTART = 8

# By their number in the file, in every version.
VOXEL_TYPES = ("|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<f4", "<f8", "<f2", "<u8", "<i8")
ORIENTATION_KNOWN, SIMULATED = 1, 2

_MAX_SIDE = 1 << 16
_MAX_VOXELS = 1 << 34
_CHECKPOINT_BYTES = 8


@dataclass(frozen=True, eq=False)
class Header:
    """What a file says of itself before its streams.

    Attributes:
        checkpoint_id: Whose weights decode it, 16 hex digits.
        bottleneck: Index of the bottleneck in that model.
        depth: Slices per slab.
        grid: Where the reconstruction goes.
        step: Of quantisation, as a share of the scan's normalised range; None in a file of
            version 1, which has the bottleneck's own.
        layers: How many layers of channels were sent.
        strength: Of the decoder's restoration, in 1/128.
        restart: Slabs per run; runs decode independently of each other.
        plain: The runs that are stored as samples, not as integers of the model.
        lossy: How the source was already compressed with loss, in words; empty if it was not.
        leaning: By how many quarter octaves each channel's scales are larger than the context
            model expects, from the first channel on, −8 to 7; 0 for the rest.
        version: Of the format.

    Raises:
        ValueError: A field is outside what the format can say.
    """

    checkpoint_id: str
    bottleneck: int
    depth: int
    grid: Grid
    step: float | None
    layers: int = 1
    strength: int = FULL_STRENGTH
    restart: int = RESTART
    plain: frozenset[int] = frozenset()
    lossy: str = ""
    leaning: tuple[int, ...] = ()
    version: int = 2

    def __post_init__(self) -> None:
        if len(bytes.fromhex(self.checkpoint_id)) != _CHECKPOINT_BYTES:
            raise ValueError(f"{self.checkpoint_id!r} is no checkpoint")
        if not (0 <= self.bottleneck <= 255 and 0 <= self.strength <= 255):
            raise ValueError("bottleneck and strength are bytes")
        if not all(0 < count <= 255 for count in (self.depth, self.layers, self.restart)):
            raise ValueError("depth, layers and restart are bytes and not 0")
        if self.step is not None and not 0 < self.step < math.inf:
            raise ValueError(f"a file cannot have a step of {self.step!r}")
        if not all(-8 <= by < 8 for by in self.leaning):
            raise ValueError("a channel's scales lean too far")
        if not all(0 <= run < self.runs for run in self.plain):
            raise ValueError("a plain run is not one of the file's runs")

    @property
    def slabs(self) -> int:
        """How many slabs the scan has."""
        return -(-self.grid.shape[0] // self.depth)

    @property
    def runs(self) -> int:
        """How many runs of slabs the scan has."""
        return -(-self.slabs // self.restart)

    def slabs_of(self, run: int) -> range:
        """Return the slabs of a run."""
        return range(run * self.restart, min((run + 1) * self.restart, self.slabs))

    def slices_of(self, run: int) -> range:
        """Return the slices of a run."""
        size = self.restart * self.depth
        return range(run * size, min((run + 1) * size, self.grid.shape[0]))


def check_size(grid: Grid) -> None:
    """Refuse a scan that is larger than the format allows.

    Raises:
        BitstreamError: It is.
    """
    if not fits(grid.shape):
        size = "×".join(str(side) for side in grid.shape)
        raise BitstreamError(
            f"A scan of {size} voxels is too large for an .isth file.",
            "Compress a part of it.",
        )


def fits(shape: tuple[int, int, int]) -> bool:
    """Whether a scan of this size is within the format's limits."""
    return all(0 < side <= _MAX_SIDE for side in shape) and math.prod(shape) <= _MAX_VOXELS


def write_header(header: Header) -> bytes:
    """Return the fields of a header, in the order of docs/bitstream.md.

    Raises:
        BitstreamError: The scan is larger than the format allows.
        ValueError: The header is that of another version.
    """
    check_size(header.grid)
    if header.version != 2 or header.step is None:
        raise ValueError("only headers of version 2, with a step, are written")
    grid = header.grid
    kind = VOXEL_TYPES.index(grid.dtype.newbyteorder("<").str)
    flags = ORIENTATION_KNOWN * grid.orientation_known + SIMULATED * grid.simulated
    numbers = (
        *grid.affine[:3].ravel(),
        grid.low, grid.high, grid.minimum, grid.maximum, grid.scale, grid.offset,
        header.step,
    )  # fmt: skip
    return b"".join(
        (
            bytes((kind, flags, header.bottleneck, header.depth)),
            bytes.fromhex(header.checkpoint_id),
            bytes((header.strength, header.layers, header.restart)),
            *map(write_integer, grid.shape),
            *map(write_number, numbers),
            *map(write_text, (grid.unit, grid.modality, header.lossy)),
            _write_leaning(header.leaning),
            # No extension records yet.
            write_integer(0),
            _write_plain(header.plain),
        )
    )


def parse_header(fields: Reader) -> Header:
    """Undo `write_header`; what follows the fields is left to be read.

    Raises:
        BitstreamError: The fields do not make sense.
    """
    kind, flags, bottleneck, depth = fields.raw(4)
    checkpoint = fields.raw(_CHECKPOINT_BYTES)
    strength, layers, restart = fields.raw(3)
    shape = (fields.integer(), fields.integer(), fields.integer())
    affine = np.eye(4)
    affine[:3] = np.reshape([fields.number() for _ in range(12)], (3, 4))
    low, high, minimum, maximum, scale, offset, step = (fields.number() for _ in range(7))
    unit, modality, lossy = fields.text(), fields.text(), fields.text()
    leaning = _read_leaning(fields)
    # Records of extensions, each an identifier, a length and bytes: none is known here.
    fields.raw(fields.integer())
    if not fits(shape) or 0 in (depth, layers, restart):
        raise nonsense()
    plain = _read_plain(fields)
    grid = make_grid(
        shape, kind, flags, affine, (low, high, minimum, maximum, scale, offset), unit, modality
    )
    try:
        return Header(
            checkpoint.hex(), bottleneck, depth, grid, step, layers, strength, restart, plain,
            lossy, leaning,
        )  # fmt: skip
    except ValueError as error:
        raise nonsense() from error


def make_grid(
    shape: tuple[int, int, int],
    kind: int,
    flags: int,
    affine: npt.NDArray[np.float64],
    numbers: tuple[float, float, float, float, float, float],
    unit: str,
    modality: str,
) -> Grid:
    """Put the grid of a file together.

    Args:
        shape: Slices, rows, columns.
        kind: Number of the voxel type.
        flags: As in the file.
        affine: 4×4.
        numbers: Low, high, minimum, maximum, scale and offset.
        unit: Of the real value.
        modality: As in `Grid`.

    Raises:
        BitstreamError: The fields do not fit together.
    """
    if kind >= len(VOXEL_TYPES):
        raise nonsense()
    try:
        # The volume of a voxel may overflow.
        with np.errstate(over="raise"):
            return Grid(
                shape,
                np.dtype(VOXEL_TYPES[kind]),
                affine,
                *numbers,
                unit=unit,
                modality=modality,
                orientation_known=bool(flags & ORIENTATION_KNOWN),
                simulated=bool(flags & SIMULATED),
            )
    except (ValueError, FloatingPointError) as error:
        raise nonsense() from error


def _write_leaning(leaning: tuple[int, ...]) -> bytes:
    """How many channels, then half a byte for each, the lower half first."""
    halves = [by & 15 for by in leaning] + [0] * (len(leaning) % 2)
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return write_integer(len(leaning)) + bytes(low | high << 4 for low, high in pairs)


def _read_leaning(fields: Reader) -> tuple[int, ...]:
    count = fields.integer()
    halves = [half for byte in fields.raw((count + 1) // 2) for half in (byte & 15, byte >> 4)]
    return tuple((half + 8) % 16 - 8 for half in halves[:count])


def _write_plain(plain: frozenset[int]) -> bytes:
    """How many runs are plain, then how many others lie before each."""
    coded, after = [write_integer(len(plain))], 0
    for run in sorted(plain):
        coded.append(write_integer(run - after))
        after = run + 1
    return b"".join(coded)


def _read_plain(fields: Reader) -> frozenset[int]:
    plain, after = set(), 0
    for _ in range(fields.integer()):
        after += fields.integer() + 1
        plain.add(after - 1)
    return frozenset(plain)
