"""What is being done, one room per mechanism. Rooms do not import one another."""
