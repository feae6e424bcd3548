from django.urls import path

from gongjian.desk.calendars import views as calendars
from gongjian.desk.notifications import channel_views as channels
from gongjian.desk.notifications import views as notifications
from gongjian.desk.sheets import views as sheets
from gongjian.desk.views import about, my_desk, organizations, public, search, settings

app_name = "desk"
urlpatterns = [
    path("", public.home, name="home"),
    path("about/", about.about, name="about"),
    path("desk/", my_desk.my_desk, name="my_desk"),
    path("deeds/", public.deeds, name="deeds"),
    path("search/", search.search, name="search"),
    path("elder/", settings.elder, name="elder"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("organizations/<int:pk>/channels/", channels.of_organization, name="organization_channels"),
    path("organizations/<int:pk>/channels/add/", channels.add_for_organization, name="add_organization_channel"),
    path("notifications/", notifications.inbox, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_all_notices"),
    path("notifications/<uuid:pk>/", notifications.notice, name="notice"),
    path("notifications/channels/", channels.own, name="channels"),
    path("notifications/channels/add/", channels.add, name="add_channel"),
    path("notifications/channels/<int:pk>/", channels.channel, name="channel"),
    path("notifications/channels/<int:pk>/test/", channels.test, name="test_channel"),
    path("notifications/channels/<int:pk>/remove/", channels.remove, name="remove_channel"),
    path("calendars/", calendars.own, name="calendars"),
    path("calendars/subscribe/", calendars.subscribe, name="subscribe_calendar"),
    path("calendars/<int:pk>/unsubscribe/", calendars.unsubscribe, name="unsubscribe_calendar"),
    path("calendars/<str:secret>.ics", calendars.feed, name="calendar_feed"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/rows.xlsx", sheets.rows, name="sheet_rows"),
    path("sheets/<str:code>/", sheets.upload, name="sheet_upload"),
    path("sheets/<str:code>/template.xlsx", sheets.template, name="sheet_template"),
]
