from django.urls import path

from gongjian.chronicle.reading import views

app_name = "reading"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/<int:number>/", views.proposal, name="proposal"),
]
