"""What anybody may open: report, follow, rate, join."""

from django.urls import path

from gongjian.work.whistles.views import following, public

urlpatterns = [
    path("report/", public.report, name="report"),
    path("similar/", public.similar, name="similar"),
    path("<int:pk>/join/", public.join, name="join"),
    path("reported/<str:token>/", public.reported, name="reported"),
    path("f/<str:token>/", following.follow, name="follow"),
    path("f/<str:token>/photos/<int:photo>/", following.photo, name="follow_photo"),
]
