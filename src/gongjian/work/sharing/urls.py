from django.urls import path

from gongjian.work.sharing.views import bookings, public, venues

app_name = "sharing"
urlpatterns = [
    path("", public.venues, name="venues"),
    path("venues/<int:pk>/", public.venue, name="venue"),
    path("venues/<int:pk>/book/", public.book, name="book"),
    path("follow/<str:token>/", public.follow, name="follow"),
    path("follow/<str:token>/cancel/", public.cancel, name="cancel"),
    path("mine/", public.mine, name="mine"),
    path("bookings/", bookings.bookings, name="bookings"),
    path("bookings/<int:pk>/", bookings.one, name="booking"),
    path("bookings/<int:pk>/accept/", bookings.accept, name="accept"),
    path("bookings/<int:pk>/refuse/", bookings.refuse, name="refuse"),
    path("bookings/<int:pk>/take-back/", bookings.take_back, name="take_back"),
    path("bookings/<int:pk>/count/", bookings.count, name="count"),
    path("bookings/<int:pk>/no-show/", bookings.no_show, name="no_show"),
    path("kept/", venues.kept, name="kept"),
    path("kept/share/", venues.share, name="share"),
    path("kept/<int:pk>/", venues.calendar, name="calendar"),
    path("kept/<int:pk>/change/", venues.change, name="change"),
    path("kept/<int:pk>/hours/", venues.hours, name="hours"),
    path("kept/<int:pk>/closures/", venues.closures, name="closures"),
    path("kept/<int:pk>/closures/<int:closure>/open/", venues.open_again, name="open_again"),
    path("kept/<int:pk>/months/", venues.settlements, name="settlements"),
    path("kept/<int:pk>/months/<int:year>/<int:month>/", venues.settle, name="settle"),
]
