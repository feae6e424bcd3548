"""Everything with a date as a calendar that phones and mail programs subscribe to by a secret address.

A room gives `RoomConfig.events` for an account's calendar, and announces those of its things in `RoomConfig.calendars`.
"""
