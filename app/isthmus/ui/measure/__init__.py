"""Drawings on the pictures and what they measure: lengths, angles, regions, profiles, a magnifier.

tool ─▶ drawings (undo) ─▶ geometry ─▶ layer
             │
             └─▶ figures, in the measure lane ─▶ labels, regions panel, profile panel, CSV
"""
