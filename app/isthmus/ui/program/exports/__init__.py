"""Pictures and films that leave the program, by copy, drag or file. LOSSY is in all of them."""
