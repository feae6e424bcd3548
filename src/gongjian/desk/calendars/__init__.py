"""The pages of calendars that people subscribe to (`kernel.calendars`)."""
