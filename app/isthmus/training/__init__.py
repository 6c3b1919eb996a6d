"""How models are made: data, losses, the loop, what `isthmus train` runs."""
