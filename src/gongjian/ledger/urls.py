from django.urls import path

from gongjian.ledger.views import deeds, evidence, explorer, feed, record, transparency, year

app_name = "ledger"
urlpatterns = [
    path("", explorer.explorer, name="explorer"),
    path("export/", explorer.export, name="export"),
    path("year/", year.year, name="year"),
    path("organization-names/", explorer.organization_names, name="organization_names"),
    path("person-names/", record.person_names, name="person_names"),
    path("record/", record.record, name="record"),
    path("deeds/<uuid:pk>/", deeds.deed, name="deed"),
    path("deeds/<uuid:pk>/proof/", deeds.proof, name="proof"),
    path("deeds/<uuid:pk>/confirm/", deeds.confirm, name="confirm"),
    path("deeds/<uuid:pk>/witness/", deeds.witness, name="witness"),
    path("deeds/<uuid:pk>/reverse/", deeds.reverse_, name="reverse"),
    path("deeds/<uuid:pk>/correct/", record.correct, name="correct"),
    path("evidence/<int:pk>/thumbnail/", evidence.thumbnail, name="thumbnail"),
    path("evidence/<int:pk>/picture/", evidence.picture, name="picture"),
    path("evidence/<int:pk>/original/", evidence.original, name="original"),
    path("evidence/<int:pk>/publish/", evidence.publish, name="publish_evidence"),
    path("evidence/<int:pk>/withdraw/", evidence.withdraw, name="withdraw_evidence"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/feed/", feed.feed, name="feed"),
    path("seals/<int:size>/", transparency.seal, name="seal"),
    path("seals/<int:old>/<int:new>/", transparency.consistency, name="consistency"),
    path("verify/", transparency.verify, name="verify"),
]
