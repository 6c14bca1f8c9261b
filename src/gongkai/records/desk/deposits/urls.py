"""URLs of deposit batches."""

from django.urls import URLPattern, path

from gongkai.records.desk.deposits import views

_BATCH = "deposits/<int:deposit_id>/"
urlpatterns: list[URLPattern] = [
    path("deposits/", views.deposit_list, name="deposit_list"),
    path("deposits/new/", views.deposit_new, name="deposit_new"),
    path(_BATCH, views.deposit, name="deposit"),
    path(f"{_BATCH}bundle.zip", views.bundle, name="deposit_bundle"),
    path(f"{_BATCH}hand-over/", views.hand_over, name="deposit_hand_over"),
    path(f"{_BATCH}receipt/", views.receipt, name="deposit_receipt"),
]
