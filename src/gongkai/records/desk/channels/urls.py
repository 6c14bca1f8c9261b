"""URLs of channels."""

from django.urls import URLPattern, path

from gongkai.records.desk.channels import views

urlpatterns: list[URLPattern] = [
    path("channels/", views.channel_list, name="channel_list"),
    path("channels/paste/", views.channel_paste, name="channel_paste"),
    path("<int:record_id>/channels/new/", views.channel_new, name="channel_new"),
    path("<int:record_id>/channels/<int:channel_id>/remove/", views.channel_remove, name="channel_remove"),
]
