"""The codec: a model's weights on a device, from volumes to bytes and back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from isthmus.codec import bitstream
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ModelInfo
from isthmus.codec.context import ContextModel, decode_run, encode_run
from isthmus.codec.devices import TorchDevices
from isthmus.codec.latent import Grid, Latent
from isthmus.codec.layers import BLOCK, Analysis, Synthesis, quantise
from isthmus.codec.normalise import grid_of, pad_to_blocks, to_codec, to_stored
from isthmus.codec.placement import Placement
from isthmus.codec.synthesis import SlabSynthesis
from isthmus.codec.threads import in_threads
from isthmus.codec.weights import read_weights
from isthmus.errors import BitstreamError, CheckpointError, OutOfMemoryError
from isthmus.scans.memory import available_memory, in_words
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress
from isthmus.work.device import choose_device

# Integers are kept within this, whatever the voxels; the entropy coder reaches further.
_LARGEST = 1 << 30


class Codec:
    """Compresses and reconstructs volumes with one model.

    Not thread-safe: use one codec from one thread at a time.

    Attributes:
        info: The model.
    """

    def __init__(
        self,
        info: ModelInfo,
        placement: Placement,
        analysis: Analysis,
        synthesis: Synthesis,
        context: ContextModel,
    ):
        self.info = info
        self._placement = placement
        self._analysis, self._synthesis, self._context = analysis, synthesis, context
        self._grids: WeakKeyDictionary[Volume, Grid] = WeakKeyDictionary()

    @classmethod
    def load(
        cls,
        info: ModelInfo,
        device: str = "auto",
        place: Callable[[str, Sequence[nn.Module]], Placement] = Placement,
    ) -> "Codec":
        """Read the weights of `info`.

        Args:
            info: The model.
            device: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`; if it is not there, the CPU computes,
                and a notice says so.
            place: Puts the networks on the device.

        Raises:
            CheckpointError: The file is damaged or does not fit this version.
            ValueError: There is no such device.
        """
        chosen = choose_device(device, TorchDevices())
        parts = read_weights(info)
        placement = place(chosen, parts[:2])
        if device != "auto" and not chosen.startswith(device):
            placement.notice(f"Computing on the CPU. There is no {device.upper()} device here.")
        return cls(info, placement, *parts)

    @property
    def device(self) -> str:
        """`"cpu"`, `"cuda:0"` or `"mps"`. Becomes `"cpu"` when the device runs out of memory."""
        return self._placement.device

    def take_notices(self) -> list[str]:
        """Return what the person should be told since the last call."""
        return self._placement.take_notices()

    def warm_up(self) -> None:
        """Load the compiled entropy coder now, or compile it: seconds, once on each computer.

        Loading blocks all of Python for a moment, so a window has it done while it starts.
        """
        shape = (self._synthesis.basis.shape[0], 1, 1)
        channels = self.info.bottlenecks[0].channels
        coded = encode_run(self._context, np.zeros((1, *shape), np.int32), 0, channels)
        decode_run(self._context, coded, shape, 0, channels)

    def slab_of(self, k: int) -> int:
        """Return the slab that slice `k` lies in."""
        return k // self.info.slab_depth

    def slices_of(self, slab: int, n_slices: int) -> range:
        """Return the slices of a slab in a scan of `n_slices`."""
        depth = self.info.slab_depth
        return range(slab * depth, min((slab + 1) * depth, n_slices))

    def encode(
        self,
        volume: Volume,
        bottleneck: str | Bottleneck,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Latent:
        """Analyse and quantise a volume.

        Args:
            volume: Any size and type.
            bottleneck: One of this model's.
            progress: Called after each slab.
            cancel: Checked before each slab.

        Raises:
            CheckpointError: The model has no such bottleneck.
            BitstreamError: The scan's type, size or values do not fit the format.
            OutOfMemoryError: Neither device nor computer has memory enough.
            Cancelled: Through `cancel`.
        """
        chosen = self._bottleneck(bottleneck)
        grid = self._grid(volume)
        shape = self._latent_shape(grid)
        _check_memory(4 * int(np.prod(shape)))
        values = np.empty(shape, np.int32)
        count = len(values)
        for slab in range(count):
            if cancel is not None:
                cancel.check()
            analyse = partial(self._analyse, volume, grid, chosen, slab)
            values[slab] = self._placement.run(analyse)
            progress((slab + 1) / count, f"Encoding slab {slab + 1} of {count}")
        return Latent(values, chosen, self.info.checkpoint_id, grid, volume.source)

    def decode(
        self,
        latent: Latent,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Volume:
        """Return the reconstruction, on the original's grid, in its type and range.

        Its source says that it is lossy.

        Raises:
            CheckpointError: The latent was made by other weights.
            OutOfMemoryError: Neither device nor computer has memory enough.
            Cancelled: Through `cancel`.
        """
        grid, count = latent.grid, len(latent.values)

        def order() -> Iterator[int]:
            for slab in range(count):
                if cancel is not None:
                    cancel.check()
                yield slab

        _check_memory(int(np.prod(grid.shape)) * grid.dtype.itemsize)
        voxels = np.empty(grid.shape, grid.dtype)
        for slab, part in enumerate(self.decode_slabs(latent, order())):
            start = slab * self.info.slab_depth
            voxels[start : start + len(part)] = part
            progress((slab + 1) / count, f"Decoding slab {slab + 1} of {count}")
        how = f"{self.info.name}, {latent.bottleneck.channels} ch"
        before = latent.source.lossy
        return _volume_on(grid, voxels, latent.source, f"{before}, then {how}" if before else how)

    def decode_slabs(
        self, latent: Latent, slabs: Iterable[int]
    ) -> Iterator[npt.NDArray[np.generic]]:
        """Yield slabs in the order asked for, each (slice, row, column) in the stored type.

        Raises:
            CheckpointError: The latent was made by other weights.
            IndexError: The scan has no such slab.
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        self._check_made_by(latent.checkpoint_id, "latent")
        return self._synthesise(
            lambda slab: latent.values[slab], latent.bottleneck, latent.grid, slabs
        )

    def preview(
        self, volume: Volume, bottleneck: str | Bottleneck, slabs: Sequence[int]
    ) -> npt.NDArray[np.generic]:
        """Reconstruct only some neighbouring slabs, as `decode` would, without the rest.

        Returns:
            (slice, row, column) in the stored type.

        Raises:
            CheckpointError: The model has no such bottleneck.
            BitstreamError: The scan's type, size or values do not fit the format.
            IndexError: The scan has no such slab.
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        chosen, grid = self._bottleneck(bottleneck), self._grid(volume)
        values = partial(self._analyse, volume, grid, chosen)
        return np.concatenate(list(self._synthesise(values, chosen, grid, slabs)))

    def write(
        self,
        latent: Latent,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> bytes:
        """Return the bytes of an .isth file.

        Raises:
            CheckpointError: The latent was made by other weights.
            Cancelled: Through `cancel`.
        """
        self._check_made_by(latent.checkpoint_id, "latent")
        index = self.info.bottlenecks.index(self._bottleneck(latent.bottleneck.name))
        runs = range(0, len(latent.values), bitstream.RESTART)

        def code(start: int) -> list[bytes]:
            run = latent.values[start : start + bitstream.RESTART]
            return encode_run(self._context, run, index, latent.bottleneck.channels)

        coded = in_threads(code, runs, "Writing", progress, cancel)
        header = bitstream.Header(self.info.checkpoint_id, index, self.info.slab_depth, latent.grid)
        return bitstream.pack(header, [slab for run in coded for slab in run])

    def read(
        self,
        data: bytes,
        *,
        salvage: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Latent:
        """Undo `write`.

        Args:
            data: A whole file.
            salvage: Take what is whole of a damaged file: the slabs before the damage. Those after
                it become zeros, and a notice says so.
            progress: Called after each stretch of slabs.
            cancel: Checked before each stretch.

        Raises:
            BitstreamError: The bytes are damaged, cut short or not an .isth file.
            CheckpointError: Other weights wrote them.
            OutOfMemoryError: The scan would not fit into memory.
            Cancelled: Through `cancel`.
        """
        header, slabs, damage = bitstream.salvage(data)
        if damage is not None and not salvage:
            raise damage
        self._check_made_by(header.checkpoint_id, "file")
        if header.bottleneck >= len(self.info.bottlenecks) or header.depth != self.info.slab_depth:
            raise BitstreamError("The file's header does not make sense.", "Copy the file again.")
        bottleneck = self.info.bottlenecks[header.bottleneck]
        shape = self._latent_shape(header.grid)
        _check_memory(4 * int(np.prod(shape)))
        values = np.zeros(shape, np.int32)

        def code(start: int) -> None:
            run = slabs[start : start + bitstream.RESTART]
            values[start : start + len(run)] = decode_run(
                self._context, run, shape[1:], header.bottleneck, bottleneck.channels
            )

        in_threads(code, range(0, len(slabs), bitstream.RESTART), "Reading", progress, cancel)
        if damage is not None:
            self._placement.notice(f"{damage.problem} The rest is empty.")
        return Latent(values, bottleneck, header.checkpoint_id, header.grid)

    def _check_made_by(self, checkpoint_id: str, what: str) -> None:
        if checkpoint_id != self.info.checkpoint_id:
            raise CheckpointError(
                f"This {what} was made by the weights {checkpoint_id}, not by {self.info.name}."
            )

    def _bottleneck(self, wanted: str | Bottleneck) -> Bottleneck:
        return self.info.bottleneck(wanted if isinstance(wanted, str) else wanted.name)

    def _grid(self, volume: Volume) -> Grid:
        if volume not in self._grids:
            grid = grid_of(volume)
            bitstream.check_size(grid)
            self._grids[volume] = grid
        return self._grids[volume]

    def _latent_shape(self, grid: Grid) -> tuple[int, int, int, int]:
        depth, channels = self.info.slab_depth, self._synthesis.basis.shape[0]
        slabs, rows, columns = (
            -(-size // unit) for size, unit in zip(grid.shape, (depth, BLOCK, BLOCK), strict=True)
        )
        return slabs, channels, rows, columns

    @torch.inference_mode()
    def _analyse(
        self, volume: Volume, grid: Grid, bottleneck: Bottleneck, slab: int
    ) -> npt.NDArray[np.int32]:
        slices = self.slices_of(slab, grid.shape[0])
        part = to_codec(volume.voxels[slices.start : slices.stop], grid)
        x = torch.from_numpy(pad_to_blocks(part, self.info.slab_depth, BLOCK)[None])
        which = torch.tensor([self.info.bottlenecks.index(bottleneck)])
        steps = torch.full((1, 1, 1, 1), bottleneck.step)
        on = self._placement.on
        coefficients = self._analysis(on(x), on(steps), on(which))
        values = quantise(coefficients, bottleneck.channels)[0].clamp(-_LARGEST, _LARGEST)
        return np.asarray(values.to("cpu", torch.int32).numpy())

    def _synthesise(
        self,
        values: Callable[[int], npt.NDArray[np.int32]],
        bottleneck: Bottleneck,
        grid: Grid,
        slabs: Iterable[int],
    ) -> Iterator[npt.NDArray[np.generic]]:
        index = self.info.bottlenecks.index(bottleneck)
        count = self._latent_shape(grid)[0]
        placement = self._placement

        def tensor(slab: int) -> Tensor:
            return placement.on(torch.from_numpy(values(slab)[None].astype(np.float32)))

        synthesis, device = None, ""
        for slab in slabs:
            if not 0 <= slab < count:
                raise IndexError(f"the scan has {count} slabs; there is no slab {slab}")

            @torch.inference_mode()
            def one(at: int = slab) -> npt.NDArray[np.float32]:
                nonlocal synthesis, device
                if synthesis is None or device != placement.device:
                    device = placement.device
                    synthesis = SlabSynthesis(
                        self._synthesis, tensor, count, bottleneck.step, index
                    )
                return np.asarray(synthesis(at).cpu().numpy())

            slices = self.slices_of(slab, grid.shape[0])
            part = placement.run(one)[: len(slices), : grid.shape[1], : grid.shape[2]]
            yield to_stored(part, grid)


def _volume_on(grid: Grid, voxels: npt.NDArray[np.generic], source: Source, lossy: str) -> Volume:
    """Put voxels on a grid."""
    return Volume(
        voxels=voxels,
        affine=grid.affine,
        scale=grid.scale,
        offset=grid.offset,
        unit=grid.unit,
        modality=grid.modality,
        orientation_known=grid.orientation_known,
        source=replace(source if source.paths else Source(simulated=grid.simulated), lossy=lossy),
    )


def _check_memory(needed: int) -> None:
    if needed > (free := available_memory()):
        raise OutOfMemoryError(
            f"The scan needs {in_words(needed)} more memory; {in_words(free)} are free.",
            "Close other programs.",
        )
