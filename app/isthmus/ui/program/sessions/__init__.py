"""Session files: what is looked at, and how, to be opened again. They hold no patient data."""
