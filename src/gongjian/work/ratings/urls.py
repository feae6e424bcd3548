from django.urls import path

from gongjian.work.ratings.views import after, blueprints, candidates, public, rounds, schemes

app_name = "ratings"

_scheme = "schemes/<int:pk>/"
_schemes = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.make, name="make_scheme"),
    path(_scheme, schemes.scheme, name="scheme"),
    path(_scheme + "edit/", schemes.edit, name="edit_scheme"),
    path(_scheme + "close/", schemes.close, name="close_scheme"),
    path(_scheme + "open/", rounds.open_round, name="open_round"),
    path(_scheme + "dimensions/new/", blueprints.add_dimension, name="add_dimension"),
    path(_scheme + "dimensions/<slug:code>/", blueprints.dimension, name="dimension"),
    path(_scheme + "dimensions/<slug:code>/remove/", blueprints.remove_dimension, name="remove_dimension"),
    path(_scheme + "dimensions/<slug:dimension>/indicators/new/", blueprints.add_indicator, name="add_indicator"),
    path(_scheme + "indicators/<slug:code>/", blueprints.indicator, name="indicator"),
    path(_scheme + "indicators/<slug:code>/remove/", blueprints.remove_indicator, name="remove_indicator"),
    path(_scheme + "levels/new/", blueprints.add_level, name="add_level"),
    path(_scheme + "levels/<int:stars>/", blueprints.level, name="level"),
    path(_scheme + "levels/<int:stars>/remove/", blueprints.remove_level, name="remove_level"),
]

_round, _candidate = "rounds/<int:pk>/", "candidates/<int:pk>/"
_rounds = [
    path("rounds/", rounds.list_rounds, name="rounds"),
    path(_round, rounds.one, name="round"),
    path(_round + "results.xlsx", rounds.excel, name="excel"),
    path(_round + "enroll/", rounds.enroll, name="enroll"),
    path(_round + "start/", rounds.start, name="start"),
    path(_round + "compute/", rounds.compute, name="compute"),
    path(_round + "review/", rounds.review_all, name="review_all"),
    path(_round + "send-back/", rounds.send_back, name="send_back"),
    path(_round + "stop/", rounds.stop, name="stop"),
    path(_candidate, candidates.candidate, name="candidate"),
    path(_candidate + "withdraw/", rounds.withdraw, name="withdraw"),
    path(_candidate + "review/", candidates.review, name="review"),
    path(_candidate + "check/<slug:code>/", candidates.assess, name="assess"),
    path(_candidate + "deeds/<slug:code>/", candidates.deeds, name="deeds"),
]

_objection = "objections/<int:pk>/"
_after = [
    path(_round + "notice/", after.give_notice, name="give_notice"),
    path(_round + "publish/", after.publish, name="publish"),
    path(_objection, after.objection, name="objection"),
    path(_objection + "find/", after.find, name="find"),
    path(_objection + "answer/", after.answer, name="answer"),
    path("falls/", after.falls, name="falls"),
    path("falls/<int:pk>/", after.fall, name="fall"),
    path("falls/<int:pk>/decide/", after.decide, name="decide_fall"),
    path("standings/<int:pk>/fall/", after.propose, name="propose_fall"),
]

_public = [
    path("", public.board, name="board"),
    path("of/<int:pk>/", public.results, name="results"),
    path("of/<int:pk>/paper/", public.paper, name="paper"),
    path("of/<int:pk>/<int:candidate>/", public.result, name="result"),
    path("notices/<int:pk>/object/", public.object_to, name="object"),
    path("follow/<str:token>/", public.follow, name="follow"),
    path("organizations/<int:pk>/", public.of_organization, name="of_organization"),
    path("places/<int:pk>/", public.of_place, name="of_place"),
]

urlpatterns = [*_public, *_schemes, *_rounds, *_after]
