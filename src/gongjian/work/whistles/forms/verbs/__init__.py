"""The forms of what staff do with a whistle: their fields are the arguments of the service."""
