from gongjian.work.sharing.models.allocations import Allocation
from gongjian.work.sharing.models.bookings import HOLDING, Booking
from gongjian.work.sharing.models.counts import CountLine, StockCount
from gongjian.work.sharing.models.donations import Channel, Donation, DonationLine
from gongjian.work.sharing.models.goods import Item, Movement, Stock
from gongjian.work.sharing.models.settlements import Settlement
from gongjian.work.sharing.models.venues import Closure, OpeningHours, Venue

__all__ = [
    "HOLDING",
    "Allocation",
    "Booking",
    "Channel",
    "Closure",
    "CountLine",
    "Donation",
    "DonationLine",
    "Item",
    "Movement",
    "OpeningHours",
    "Settlement",
    "Stock",
    "StockCount",
    "Venue",
]
