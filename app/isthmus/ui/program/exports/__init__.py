"""Pictures and films that leave the program: copied, dragged out, saved. LOSSY is in all of them."""
