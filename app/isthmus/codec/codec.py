"""The codec: a model's weights on a device, from volumes to bytes and back."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from isthmus.codec import bitstream
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ModelInfo
from isthmus.codec.context import ContextModel, decode_run, encode_run
from isthmus.codec.devices import TorchDevices, is_out_of_memory
from isthmus.codec.latent import Grid, Latent
from isthmus.codec.layers import BLOCK, Analysis, Shape, Synthesis, channels_last, quantise
from isthmus.codec.normalise import grid_of, pad_to_blocks, to_codec, to_stored
from isthmus.codec.synthesis import SlabSynthesis
from isthmus.errors import BitstreamError, CheckpointError
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress
from isthmus.work.device import choose_device

T = TypeVar("T")


class Codec:
    """Compresses and reconstructs volumes with one model.

    Not thread-safe: use one codec from one thread at a time.

    Attributes:
        info: The model.
        device: `"cpu"`, `"cuda:0"` or `"mps"`. Becomes `"cpu"` when the device runs out of memory.
    """

    def __init__(
        self,
        info: ModelInfo,
        device: str,
        analysis: Analysis,
        synthesis: Synthesis,
        context: ContextModel,
    ):
        self.info = info
        self.device = device
        self._analysis, self._synthesis, self._context = analysis, synthesis, context
        self._notices: list[str] = []
        self._grids: WeakKeyDictionary[Volume, Grid] = WeakKeyDictionary()
        self._move_to(device)

    @classmethod
    def load(cls, info: ModelInfo, device: str = "auto") -> "Codec":
        """Read the weights of `info`.

        Raises:
            CheckpointError: The file is damaged or does not fit this version.
        """
        try:
            with safe_open(info.path, framework="pt") as file:
                meta = json.loads(file.metadata()["isthmus"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            shape = Shape(**meta["shape"])
            count = len(info.bottlenecks)
            blank = torch.zeros(shape.channels, shape.depth, BLOCK, BLOCK)
            analysis, synthesis = Analysis(shape, blank, count), Synthesis(shape, blank, count)
            analysis.load_state_dict(_part(tensors, "analysis."))
            synthesis.load_state_dict(_part(tensors, "synthesis."))
            context = ContextModel.from_tensors(
                {name: value.numpy() for name, value in tensors.items() if name[:8] == "context."}
            )
        except (OSError, SafetensorError, RuntimeError, KeyError, TypeError, ValueError) as error:
            raise CheckpointError(
                f"The model file {info.path.name} is damaged.",
                "Install Isthmus again, or copy the file again.",
            ) from error
        return cls(info, choose_device(device, TorchDevices()), analysis, synthesis, context)

    def take_notices(self) -> list[str]:
        """Return what the person should be told since the last call."""
        notices, self._notices = self._notices, []
        return notices

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
            Cancelled: Through `cancel`.
        """
        chosen = self._bottleneck(bottleneck)
        grid = self._grid(volume)
        count = -(-grid.shape[0] // self.info.slab_depth)
        rows, columns = -(-grid.shape[1] // BLOCK), -(-grid.shape[2] // BLOCK)
        values = np.empty((count, self._synthesis.basis.shape[0], rows, columns), np.int32)
        for slab in range(count):
            if cancel is not None:
                cancel.check()
            values[slab] = self._guard(partial(self._analyse, volume, grid, chosen, slab))
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

        Raises:
            CheckpointError: The latent was made by other weights.
            Cancelled: Through `cancel`.
        """
        grid = latent.grid
        voxels = np.empty(grid.shape, grid.dtype)
        count = len(latent.values)
        for slab, part in enumerate(self.decode_slabs(latent, range(count))):
            if cancel is not None:
                cancel.check()
            start = slab * self.info.slab_depth
            voxels[start : start + len(part)] = part
            progress((slab + 1) / count, f"Decoding slab {slab + 1} of {count}")
        return volume_on(grid, voxels, latent.source)

    def decode_slabs(
        self, latent: Latent, slabs: Iterable[int]
    ) -> Iterator[npt.NDArray[np.generic]]:
        """Yield slabs in the order asked for, each (slice, row, column) in the stored type.

        Raises:
            CheckpointError: The latent was made by other weights.
        """
        if latent.checkpoint_id != self.info.checkpoint_id:
            raise CheckpointError(
                f"This latent was made by the weights {latent.checkpoint_id}, "
                f"not by {self.info.name}."
            )
        return self._synthesise(
            lambda slab: latent.values[slab], latent.bottleneck, latent.grid, slabs
        )

    def preview(
        self, volume: Volume, bottleneck: str | Bottleneck, slabs: Sequence[int]
    ) -> npt.NDArray[np.generic]:
        """Reconstruct only some neighbouring slabs, as `decode` would, without the rest.

        Returns:
            (slice, row, column) in the stored type.
        """
        chosen, grid = self._bottleneck(bottleneck), self._grid(volume)

        def values(slab: int) -> npt.NDArray[np.int32]:
            return self._guard(partial(self._analyse, volume, grid, chosen, slab))

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
            BitstreamError: The scan's type or size does not fit the format.
            Cancelled: Through `cancel`.
        """
        index = self.info.bottlenecks.index(self._bottleneck(latent.bottleneck.name))
        runs = range(0, len(latent.values), bitstream.RESTART)

        def code(start: int) -> list[bytes]:
            run = latent.values[start : start + bitstream.RESTART]
            return encode_run(self._context, run, index, latent.bottleneck.channels)

        coded = _in_threads(code, runs, "Writing", progress, cancel)
        header = bitstream.Header(self.info.checkpoint_id, index, self.info.slab_depth, latent.grid)
        return bitstream.pack(header, [slab for run in coded for slab in run])

    def read(
        self,
        data: bytes,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Latent:
        """Undo `write`.

        Raises:
            BitstreamError: The bytes are damaged, cut short or not an .isth file.
            CheckpointError: Other weights wrote them.
            Cancelled: Through `cancel`.
        """
        header, slabs = bitstream.unpack(data)
        if header.checkpoint_id != self.info.checkpoint_id:
            raise CheckpointError(
                f"The file was written by the weights {header.checkpoint_id}, "
                f"not by {self.info.name}."
            )
        if header.bottleneck >= len(self.info.bottlenecks) or header.depth != self.info.slab_depth:
            raise BitstreamError("The file's header does not make sense.", "Copy the file again.")
        bottleneck = self.info.bottlenecks[header.bottleneck]
        _, height, width = header.grid.shape
        shape = (self._synthesis.basis.shape[0], -(-height // BLOCK), -(-width // BLOCK))

        def code(start: int) -> npt.NDArray[np.int32]:
            return decode_run(
                self._context,
                slabs[start : start + bitstream.RESTART],
                shape,
                header.bottleneck,
                bottleneck.channels,
            )

        runs = range(0, len(slabs), bitstream.RESTART)
        values = np.concatenate(_in_threads(code, runs, "Reading", progress, cancel))
        return Latent(values, bottleneck, header.checkpoint_id, header.grid)

    def _bottleneck(self, wanted: str | Bottleneck) -> Bottleneck:
        return self.info.bottleneck(wanted if isinstance(wanted, str) else wanted.name)

    def _grid(self, volume: Volume) -> Grid:
        if volume not in self._grids:
            self._grids[volume] = grid_of(volume)
        return self._grids[volume]

    @torch.inference_mode()
    def _analyse(
        self, volume: Volume, grid: Grid, bottleneck: Bottleneck, slab: int
    ) -> npt.NDArray[np.int32]:
        slices = self.slices_of(slab, grid.shape[0])
        part = to_codec(volume.voxels[slices.start : slices.stop], grid)
        x = torch.from_numpy(pad_to_blocks(part, self.info.slab_depth, BLOCK)[None])
        which = torch.tensor([self.info.bottlenecks.index(bottleneck)])
        steps = torch.full((1, 1, 1, 1), bottleneck.step)
        coefficients = self._analysis(self._on(x), self._on(steps), self._on(which))
        values = quantise(coefficients, bottleneck.channels)[0]
        return np.asarray(values.to("cpu", torch.int32).numpy())

    def _synthesise(
        self,
        values: Callable[[int], npt.NDArray[np.int32]],
        bottleneck: Bottleneck,
        grid: Grid,
        slabs: Iterable[int],
    ) -> Iterator[npt.NDArray[np.generic]]:
        index = self.info.bottlenecks.index(bottleneck)
        count = -(-grid.shape[0] // self.info.slab_depth)

        def tensor(slab: int) -> Tensor:
            return self._on(torch.from_numpy(values(slab)[None].astype(np.float32)))

        def prepare() -> SlabSynthesis:
            return SlabSynthesis(self._synthesis, tensor, count, bottleneck.step, index)

        synthesis, device = prepare(), self.device
        for slab in slabs:

            def one(at: int = slab) -> npt.NDArray[np.float32]:
                nonlocal synthesis, device
                if device != self.device:
                    synthesis, device = prepare(), self.device
                with torch.inference_mode():
                    return np.asarray(synthesis(at).cpu().numpy())

            slices = self.slices_of(slab, grid.shape[0])
            part = self._guard(one)[: len(slices), : grid.shape[1], : grid.shape[2]]
            yield to_stored(part, grid)

    def _guard(self, work: Callable[[], T]) -> T:
        """Run `work`; if the device runs out of memory, go on with it on the CPU."""
        try:
            return work()
        except RuntimeError as error:
            if self.device == "cpu" or not is_out_of_memory(error):
                raise
        self._move_to("cpu")
        self._notices.append(
            "Continuing on the CPU. The graphics card ran out of memory. Nothing was lost."
        )
        return work()

    def _move_to(self, device: str) -> None:
        self.device = device
        for net in (self._analysis, self._synthesis):
            channels_last(net.to(device)).eval().requires_grad_(False)

    def _on(self, tensor: Tensor) -> Tensor:
        if tensor.ndim == 4:
            return tensor.to(device=self.device, memory_format=torch.channels_last)
        return tensor.to(device=self.device)


def volume_on(grid: Grid, voxels: npt.NDArray[np.generic], source: Source) -> Volume:
    """Put voxels on a grid."""
    return Volume(
        voxels=voxels,
        affine=grid.affine,
        scale=grid.scale,
        offset=grid.offset,
        unit=grid.unit,
        modality=grid.modality,
        orientation_known=grid.orientation_known,
        source=source if source.paths else Source(simulated=grid.simulated),
    )


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }


def _in_threads(
    work: Callable[[int], T],
    starts: range,
    doing: str,
    progress: Progress,
    cancel: CancelToken | None,
) -> list[T]:
    """Run `work` for each restart point, as many at once as torch has threads."""

    def one(start: int) -> T:
        if cancel is not None:
            cancel.check()
        return work(start)

    results: list[T] = []
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        for result in pool.map(one, starts):
            results.append(result)
            progress(len(results) / len(starts), f"{doing}, {len(results)} of {len(starts)}")
    return results
