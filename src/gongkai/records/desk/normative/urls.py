"""URLs of normative documents and their clean-up."""

from django.urls import URLPattern, path

from gongkai.records.desk.normative import rounds, views

_ROUND = "clean-ups/<int:clean_up_id>/"
urlpatterns: list[URLPattern] = [
    path("normative/", views.documents, name="normative"),
    path("normative/rule/", views.rule, name="normative_rule"),
    path("<int:record_id>/evaluate/", views.evaluate, name="evaluate"),
    path("<int:record_id>/register/", views.register, name="register"),
    path("clean-ups/", rounds.clean_ups, name="clean_ups"),
    path("clean-ups/new/", rounds.clean_up_new, name="clean_up_new"),
    path(_ROUND, rounds.clean_up, name="clean_up"),
    path(f"{_ROUND}decide/", rounds.decide, name="clean_up_decide"),
    path(f"{_ROUND}close/", rounds.clean_up_close, name="clean_up_close"),
    path(f"{_ROUND}notice/", rounds.clean_up_notice, name="clean_up_notice"),
]
