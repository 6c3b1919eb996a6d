"""How many times the magnifier enlarges."""

POWERS = (2.0, 3.0, 4.0, 6.0, 8.0)
USUAL = 4.0


def stepped(power: float, steps: int) -> float:
    """Return a power so many steps further; the ends stop it."""
    at = min(range(len(POWERS)), key=lambda number: abs(POWERS[number] - power))
    return POWERS[min(max(at + steps, 0), len(POWERS) - 1)]
