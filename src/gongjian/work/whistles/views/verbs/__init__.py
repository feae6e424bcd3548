"""The acts of staff: a table for each step of a whistle's life, and one view that carries any of them out."""
