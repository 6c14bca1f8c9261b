"""Foreign tables become checked rows, in a child process with limits of its own."""
