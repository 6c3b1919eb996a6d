"""Which networks a recipe trains: the one place that knows."""

import numpy as np
import numpy.typing as npt

from isthmus.training.classic import ClassicNetworks
from isthmus.training.networks import Networks, energy_order
from isthmus.training.recipe import Recipe

AnyNetworks = Networks | ClassicNetworks


def new_networks(recipe: Recipe, scans: list[npt.NDArray[np.float32]]) -> AnyNetworks:
    """Return networks as they are before the first step of training.

    Args:
        recipe: Of the family.
        scans: Training scans, normalised, (k, j, i).

    Raises:
        UsageError: No scan holds a whole block.
    """
    if recipe.family == "classic":
        return ClassicNetworks(recipe)
    return Networks(recipe, *energy_order(scans, 2))
