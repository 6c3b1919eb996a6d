"""The panel "Errors": measures slice by slice, histogram, agreement, and the worst places."""
