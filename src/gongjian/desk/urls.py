from django.urls import path

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
]
