"""Which greys or colours values have: presets, histogram, automatic windows, a box, conventions."""
