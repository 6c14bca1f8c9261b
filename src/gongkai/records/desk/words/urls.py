"""URLs of the lists of words."""

from django.urls import URLPattern, path

from gongkai.records.desk.words import views

urlpatterns: list[URLPattern] = [
    path("words/", views.word_list, name="words"),
    path("words/<int:word_id>/remove/", views.word_remove, name="word_remove"),
    path("platform-words/", views.platform_list, name="platform_words"),
    path("platform-words/<int:platform_word_id>/remove/", views.platform_word_remove, name="platform_word_remove"),
]
