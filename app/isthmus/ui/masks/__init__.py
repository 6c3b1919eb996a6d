"""Label maps over the pictures: opened, drawn in colours with outlines, listed with volumes."""
