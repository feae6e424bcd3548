from django.urls import path

from gongjian.work.care.views import ledger, managing, pairings, settings, visits

app_name = "care"
urlpatterns = [
    path("", pairings.pairings, name="pairings"),
    path("pair/", pairings.pair, name="pair"),
    path("credits/", ledger.credited, name="credits"),
    path("credits/<int:community>/<int:year>/<int:month>/", ledger.credit, name="credit"),
    path("cadences/", settings.cadences, name="cadences"),
    path("<int:pk>/", pairings.pairing, name="pairing"),
    path("<int:pk>/notes/", pairings.notes, name="notes"),
    path("<int:pk>/visit/", visits.visit, name="visit"),
    path("<int:pk>/family/", managing.family, name="family"),
    path("<int:pk>/carer/", managing.carer, name="carer"),
    path("<int:pk>/risk/", managing.risk, name="risk"),
    path("<int:pk>/change/", managing.change, name="change"),
    path("<int:pk>/consent/", managing.consent, name="consent"),
    path("<int:pk>/pause/", managing.pause, name="pause"),
    path("<int:pk>/resume/", managing.resume, name="resume"),
    path("<int:pk>/end/", managing.end, name="end"),
    path("<int:pk>/forget/", managing.forget, name="forget"),
]
