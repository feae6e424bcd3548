"""Questions about owners' votes."""
