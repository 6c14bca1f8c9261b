"""Dropped files on the desk: the door for files, the list, and the batch with everything that was read."""
