"""The questions about volunteering. What an account may not see is Missing."""
