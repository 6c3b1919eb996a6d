"""Figures of what was lost: the quality panel, maps, curves and plots of errors, worst places."""
