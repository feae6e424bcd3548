"""The pages of owners' votes."""
