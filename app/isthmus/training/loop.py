"""The training loop: resumable at any step, logged to a CSV, judged on validation scans."""

import copy
import csv
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from isthmus.codec.checkpoint import find_model
from isthmus.codec.context import layer_edges
from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import channels_last
from isthmus.codec.normalise import normalise, pad_to_blocks
from isthmus.errors import UsageError
from isthmus.scans.volume import Volume
from isthmus.training.curves import draw_curves
from isthmus.training.data import Crops, find_scans, load, middle
from isthmus.training.families import AnyNetworks, new_networks
from isthmus.training.recipe import Recipe
from isthmus.training.start import begin_from
from isthmus.training.state import load_state, save_state

_WARM_UP = 60
_LAST_SHARE = 0.03
_SAVE_SECONDS = 60.0
_LOG_EVERY = 100
_TRAIN_LOG, _VALIDATION_LOG = "train.csv", "validation.csv"
# What stands for no error at all in a logarithm.
_TINY = 1e-12


class Run:
    """One training run in one folder.

    Attributes:
        net: The networks, as being trained.
        average: Moving average of the weights; what ships.
        step: Steps done.
        train_volumes: Scans that are trained on.
        validation: Scans that are only judged on.
        device: What computes, as torch names it.
    """

    def __init__(
        self,
        recipe: Recipe,
        data: Path,
        out: Path,
        say: Callable[[str], None],
        device: str = "cpu",
    ):
        """Begin a run, or take it up where its folder says.

        Args:
            recipe: All that decides it, given the data.
            data: The folder that the recipe's folders of scans lie in.
            out: State and logs.
            say: Told of the progress.
            device: `"cpu"`, or what `work.choose_device` returns.

        Raises:
            UsageError: There are no scans, or none that holds a block.
            ScanError: A scan cannot be read.
            CheckpointError: The state in `out`, or the model to start from, does not fit.
        """
        torch.manual_seed(recipe.seed)
        self.recipe, self.out, self.say, self.device = recipe, out, say, device
        found = load(find_scans(data / recipe.train, recipe.leave_out))
        self.train_volumes = [middle(volume, recipe.slices) for volume in found]
        self.validation = load(find_scans(data / recipe.validation, recipe.leave_out))
        volumes = self.train_volumes
        self.crops = Crops(volumes, recipe.seed, recipe.augment)
        scans = [normalise(volume)[0] for volume in volumes]
        self.net = channels_last(new_networks(recipe, scans).to(device))
        if recipe.start:
            begin_from(find_model(recipe.start), self.net)
        self.average = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.step = 0
        self.adam = torch.optim.Adam(_by_share(self.net), betas=(0.9, 0.98))
        out.mkdir(parents=True, exist_ok=True)
        self.state_path = out / "state.safetensors"
        if self.state_path.exists():
            self.step = load_state(self.state_path, self.net, self.average, self.adam)
            say(f"Resumed at step {self.step}.")
            for log in (_TRAIN_LOG, _VALIDATION_LOG):
                _forget_after(out / log, self.step)

    def train(self, minutes: float | None = None) -> None:
        """Train to the recipe's last step, or for so many minutes. Saves about every minute.

        Raises:
            UsageError: The loss is no number any more.
        """
        recipe, start = self.recipe, time.monotonic()
        saved, losses = start, []
        while self.step < recipe.steps:
            losses.append(self._one_step())
            self.step += 1
            now = time.monotonic()
            timed_out = minutes is not None and now - start > 60 * minutes
            last = self.step == recipe.steps or timed_out
            if self.step % _LOG_EVERY == 0 or last:
                loss, spent = float(np.mean(losses)), (now - start) / 60
                if not math.isfinite(loss):
                    raise UsageError(
                        f"The training diverged before step {self.step}.",
                        "Lower the recipe's learning_rate; the last saved state is still good.",
                    )
                self.say(f"step {self.step}  loss {loss:.5f}  {spent:.1f} min")
                self._log(_TRAIN_LOG, {"step": self.step, "loss": loss})
                losses = []
                # Only here, where the loss has just been found to be a number.
                if now - saved > _SAVE_SECONDS or last:
                    save_state(self.state_path, self.step, self.net, self.average, self.adam)
                    saved = now
            if self.step % recipe.evaluate_every == 0 or self.step == recipe.steps:
                self.evaluate()
            if timed_out:
                break

    def averaged(self) -> AnyNetworks:
        """Return the networks with averaged weights, as they would ship, on the device."""
        net = copy.deepcopy(self.net)
        net.load_state_dict(self.average)
        net.close_bases()
        return channels_last(net).eval()

    @torch.inference_mode()
    def evaluate(self) -> None:
        """Log estimated bits and PSNR of each bottleneck on the validation scans."""
        net = self.averaged()
        for index, channels in enumerate(self.recipe.channels):
            found = [_whole(net, volume, index, self.device) for volume in self.validation]
            figures = np.mean(found, axis=0)
            row = {
                "step": self.step,
                "channels": channels,
                "estimated_bpv": round(float(figures[0]), 5),
                "psnr": round(float(figures[1]), 3),
            }
            self._log(_VALIDATION_LOG, row)
            self.say("  ".join(f"{key} {value}" for key, value in row.items()))
        draw_curves(self.out / _TRAIN_LOG, self.out / _VALIDATION_LOG, self.out / "curves.svg")

    def _one_step(self) -> float:
        recipe = self.recipe
        count = len(recipe.channels)
        slices = recipe.slabs * self.net.shape.depth
        x = self.crops.batch(self.step, recipe.batch, slices, recipe.crop).to(self.device)
        random = np.random.default_rng((recipe.seed + 1, self.step))
        # Each step's bottlenecks are spread over the family: one from each stretch of it.
        which = torch.tensor(
            [int(count * (run + random.random()) / recipe.batch) for run in range(recipe.batch)]
        )
        missing = torch.tensor([self._missing(random, int(index)) for index in which])
        which, missing = which.to(self.device), missing.to(self.device)
        falling = 0.5 * (1 + math.cos(math.pi * self.step / recipe.steps))
        rate = recipe.learning_rate * min(1.0, (self.step + 1) / _WARM_UP)
        rate *= _LAST_SHARE + (1 - _LAST_SHARE) * falling
        for group in self.adam.param_groups:
            group["lr"] = rate * group["share"]
        # Noise, too, is the same whenever a step is done.
        torch.manual_seed(recipe.seed + self.step)
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            result = self.net(x, which, missing)
        loss = self.net.loss(result, which, missing)
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.adam.step()
        # Early on the average would remember the start for too long.
        decay = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.net.state_dict().items():
                self.average[name].lerp_(value, 1 - decay)
        return float(loss.detach())

    def _missing(self, random: np.random.Generator, which: int) -> int:
        """Draw how many layers a run's synthesis does without: mostly none."""
        layers = len(layer_edges(self.recipe.channels[which]))
        if random.random() >= self.recipe.progressive or layers == 1:
            return 0
        return int(random.integers(1, layers))

    def _log(self, name: str, row: dict[str, float]) -> None:
        path = self.out / name
        new = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)


def _by_share(net: AnyNetworks) -> list[dict[str, Any]]:
    """Group what is trained by how fast it moves, as a share of the learning rate."""
    share = net.recipe.transforms
    groups: dict[float, list[nn.Parameter]] = {1.0: [], share: [], 0.05 * share: []}
    for name, value in net.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("rate.") or ".foresight." in name:
            groups[1.0].append(value)
        else:
            # The bases start where they almost belong.
            groups[0.05 * share if name.endswith(".basis") else share].append(value)
    return [{"params": values, "share": share} for share, values in groups.items() if values]


def _forget_after(path: Path, step: int) -> None:
    """Drop the rows of steps that were done after the last state was saved, and are done again."""
    if not path.exists():
        return
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([rows[0], *(row for row in rows[1:] if int(row[0]) <= step)])


def _whole(net: AnyNetworks, volume: Volume, index: int, device: str) -> tuple[float, float]:
    """Return estimated bits per voxel and PSNR (peak: maximum − minimum) of a whole scan."""
    scan, grid = normalise(volume)
    padded = torch.from_numpy(pad_to_blocks(scan, net.shape.depth, BLOCK)).to(device)
    error, total = 0.0, 0.0
    run = 8 * net.shape.depth
    for start in range(0, len(padded), run):
        part = padded[start : start + run]
        result = net(part[None], torch.tensor([index], device=device))
        total += float(result.bits_per_voxel) * part.numel()
        inside: Tensor = (result.output[0] - part)[: len(scan) - start]
        inside = inside[:, : scan.shape[1], : scan.shape[2]]
        error += float((inside.double() ** 2).sum())
    peak = (grid.maximum - grid.minimum) / (grid.high - grid.low)
    return total / scan.size, 10 * math.log10(max(peak**2, _TINY) * scan.size / max(error, _TINY))
