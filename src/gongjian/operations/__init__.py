"""What an operator does with an installation, outside the storeys: serve, check, back up, restore, play the demo."""
