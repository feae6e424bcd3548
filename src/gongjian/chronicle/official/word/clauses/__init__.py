"""What each clause demands of a file."""
