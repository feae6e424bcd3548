from django.urls import path

from gongjian.work.projects.voting.views import ballots, closing, public, votes

app_name = "voting"
urlpatterns = [
    path("", votes.votes, name="votes"),
    path("new/<int:project>/", votes.prepare, name="prepare"),
    path("results/", public.results, name="results"),
    path("<int:pk>/", votes.vote, name="vote"),
    path("<int:pk>/motions/", votes.add_motion, name="add_motion"),
    path("<int:pk>/roll/", votes.roll, name="roll"),
    path("<int:pk>/roll/export/", votes.export_roll, name="export_roll"),
    path("<int:pk>/roll/clear/", votes.clear_roll, name="clear_roll"),
    path("<int:pk>/open/", votes.open_vote, name="open"),
    path("<int:pk>/slips.pdf", votes.slips, name="slips"),
    path("<int:pk>/enter/<int:flat>/", ballots.enter, name="enter"),
    path("<int:pk>/ballots/", ballots.ballots, name="ballots"),
    path("<int:pk>/check/<int:flat>/", ballots.check, name="check"),
    path("<int:pk>/scans/<int:ballot>/", ballots.scan, name="scan"),
    path("<int:pk>/proxies/", ballots.proxies, name="proxies"),
    path("proxies/<int:pk>/revoke/", ballots.revoke, name="revoke"),
    path("<int:pk>/lock/", closing.lock, name="lock"),
    path("<int:pk>/objections/", closing.objections, name="objections"),
    path("objections/<int:pk>/", closing.answer, name="answer"),
    path("<int:pk>/finish/", closing.finish, name="finish"),
    path("<int:pk>/cancel/", closing.cancel, name="cancel"),
    path("<int:pk>/result/", public.result, name="result"),
    path("<int:pk>/result/paper/", public.paper, name="paper"),
    path("flat/<str:token>/", public.flat, name="flat"),
    path("flat/<str:token>/objection/", public.object_to_it, name="object"),
]
