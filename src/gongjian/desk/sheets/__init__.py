"""The pages of every list that comes in as an Excel file (`kernel.sheets`)."""
