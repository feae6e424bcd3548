from django.urls import path

from gongjian.chronicle.official import views

app_name = "official"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("paper.docx", views.download, name="download"),
    path("minutes/", views.minutes, name="minutes"),
]
