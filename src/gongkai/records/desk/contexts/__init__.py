"""What the screens of this room show: one frozen value for each."""
