"""What the latent of a scan looks like: projections of its slabs to a plane.

This room is handed latent values as arrays; it knows neither the codec nor torch.
"""

from isthmus.latents.slice_map import SliceMap, map_slabs

__all__ = ["SliceMap", "map_slabs"]
