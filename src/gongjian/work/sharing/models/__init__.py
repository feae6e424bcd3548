from gongjian.work.sharing.models.bookings import HOLDING, Booking
from gongjian.work.sharing.models.settlements import Settlement
from gongjian.work.sharing.models.venues import Closure, OpeningHours, Venue

__all__ = ["HOLDING", "Booking", "Closure", "OpeningHours", "Settlement", "Venue"]
