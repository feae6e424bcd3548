"""What is paid back to the tenant of a shopfront that is given up, or still owed, to the cent and line by line."""
