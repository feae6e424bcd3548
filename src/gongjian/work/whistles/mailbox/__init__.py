"""Letters by electronic mail: an inbox that is polled, each letter one whistle. Nothing is ever sent from here."""
