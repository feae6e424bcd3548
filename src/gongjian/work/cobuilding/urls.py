from django.urls import path

from gongjian.work.cobuilding.views import board, claims, files, listings, matching

app_name = "cobuilding"
urlpatterns = [
    path("", board.board, name="board"),
    path("needs/", listings.needs, name="needs"),
    path("needs/new/", listings.new_need, name="new_need"),
    path("needs/<int:pk>/", listings.need, name="need"),
    path("needs/<int:pk>/change/", listings.change_need, name="change_need"),
    path("needs/<int:pk>/withdraw/", listings.withdraw_need, name="withdraw_need"),
    path("needs/<int:pk>/claim/", claims.claim_need, name="claim_need"),
    path("offers/", listings.offers, name="offers"),
    path("offers/new/", listings.new_offer, name="new_offer"),
    path("offers/<int:pk>/", listings.offer, name="offer"),
    path("offers/<int:pk>/change/", listings.change_offer, name="change_offer"),
    path("offers/<int:pk>/withdraw/", listings.withdraw_offer, name="withdraw_offer"),
    path("offers/<int:pk>/claim/", claims.claim_offer, name="claim_offer"),
    path("suggestions/", matching.suggestions, name="suggestions"),
    path("suggestions/match/", matching.match, name="match"),
    path("suggestions/weights/", matching.weights, name="weights"),
    path("suggestions/unmatched/", matching.unmatched, name="unmatched"),
    path("suggestions/<int:pk>/take/", matching.take, name="take"),
    path("suggestions/<int:pk>/dismiss/", matching.dismiss, name="dismiss"),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/files/<int:evidence>/", files.claim_file, name="claim_file"),
    *(path(f"claims/<int:pk>/{name}/", claims.verb_page(name), name=name) for name in claims.VERBS),
]
