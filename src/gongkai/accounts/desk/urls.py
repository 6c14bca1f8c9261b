"""URLs of this room."""

from django.urls import URLPattern, URLResolver, path

from gongkai.accounts.desk import views
from gongkai.accounts.desk.away import views as away
from gongkai.accounts.desk.mandates import views as mandates
from gongkai.accounts.desk.people import views as people

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="password"),
    path("account/second-factor/", views.second_factor_on, name="second_factor_on"),
    path("account/second-factor/off/", views.second_factor_off, name="second_factor_off"),
    path("account/sessions/end/", views.end_other_sessions, name="end_other_sessions"),
    path("account/absences/new/", away.announce, name="absence_new"),
    path("account/absences/<int:absence_id>/cancel/", away.cancel, name="absence_cancel"),
    path("system/people/", people.people_list, name="people"),
    path("system/people/new/", people.create, name="person_new"),
    path("system/people/<int:person_id>/", people.person, name="person"),
    path("system/people/<int:person_id>/change/", people.change, name="person_change"),
    path("system/people/<int:person_id>/close/", people.close, name="person_close"),
    path("system/people/<int:person_id>/reopen/", people.reopen, name="person_reopen"),
    path("system/people/<int:person_id>/password/", people.reset_password, name="person_password"),
    path("system/people/<int:person_id>/unlock/", people.unlock, name="person_unlock"),
    path("system/people/<int:person_id>/second-factor/", people.remove_second_factor, name="person_second_factor"),
    path("system/people/<int:person_id>/posts/new/", people.grant, name="post_new"),
    path("system/mandates/", mandates.mandate_list, name="mandates"),
    path("system/mandates/new/", mandates.grant, name="mandate_new"),
    path("system/mandates/<int:mandate_id>/end/", mandates.end, name="mandate_end"),
    path("system/posts/<int:holding_id>/end/", people.end_post, name="post_end"),
    path("system/posts/<int:holding_id>/substitutes/new/", people.appoint, name="substitute_new"),
    path("system/substitutes/<int:substitute_id>/end/", people.end_substitution, name="substitute_end"),
    path("<slug:agency_code>/absences/", away.away, name="away"),
    path("<slug:agency_code>/absences/new/", away.away_new, name="away_new"),
    path("<slug:agency_code>/absences/<int:absence_id>/cancel/", away.away_cancel, name="away_cancel"),
]
