"""Work orders of the 12345 hotline, as the city hands them down: sheets of many rows."""
