from django.urls import path

from gongjian.chronicle.writing import views

app_name = "writing"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("paper.<slug:kind>", views.download, name="download"),
    path("ledger.xlsx", views.ledger, name="ledger"),
]
