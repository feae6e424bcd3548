"""Many whistles about the same thing in the same place."""
