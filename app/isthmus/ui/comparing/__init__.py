"""How two pictures of one patient are compared: layouts, modes, and the second reconstruction."""
