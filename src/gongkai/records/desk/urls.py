"""URLs of this room, below the code of an agency."""

from django.urls import URLPattern, URLResolver, path

from gongkai.records.desk import (
    acts,
    certifying,
    exports,
    files,
    following,
    keeping,
    paper,
    purging,
    removing,
    reviewing,
    views,
)
from gongkai.records.desk.addresses import urls as addresses
from gongkai.records.desk.batches import urls as batches
from gongkai.records.desk.channels import urls as channels
from gongkai.records.desk.checking import urls as checking
from gongkai.records.desk.cuts import urls as cuts
from gongkai.records.desk.deposits import urls as deposits
from gongkai.records.desk.evaluations import urls as evaluations
from gongkai.records.desk.figures import urls as figures
from gongkai.records.desk.gazettes import urls as gazettes
from gongkai.records.desk.guides import urls as guides
from gongkai.records.desk.issued import urls as issued
from gongkai.records.desk.joint import urls as joint
from gongkai.records.desk.key_areas import urls as key_areas
from gongkai.records.desk.normative import urls as normative
from gongkai.records.desk.reading import urls as reading
from gongkai.records.desk.scheme import urls as scheme
from gongkai.records.desk.slips import urls as slips
from gongkai.records.desk.standards import urls as standards
from gongkai.records.desk.upkeep import urls as upkeep
from gongkai.records.desk.words import urls as words
from gongkai.records.domain.lifecycle import Act

app_name = "records"
_RECORD = "<int:record_id>/"
_FILE = "files/<int:attachment_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.record_list, name="list"),
    path("new/", views.new, name="new"),
    path("remove-now/", removing.find, name="removals"),
    path("clean/", views.clean, name="clean"),
    path("export/", exports.export, name="export"),
    path(_RECORD, views.case, name="case"),
    path(f"{_RECORD}edit/", views.edit, name="edit"),
    path(f"{_RECORD}autosave/", views.autosave, name="autosave"),
    path(f"{_RECORD}submit/", views.submit, name="submit"),
    path(f"{_RECORD}versions/<int:version_number>/", views.version, name="version"),
    path(f"{_RECORD}files/", files.upload, name="upload"),
    path(_FILE, files.download, name="file"),
    path(f"{_FILE}up/", files.moving(-1), name="file_up"),
    path(f"{_FILE}down/", files.moving(1), name="file_down"),
    path(f"{_FILE}remove/", files.remove, name="file_remove"),
    path(f"{_RECORD}review/", reviewing.review_page, name="review"),
    path(f"{_RECORD}follow-up/", following.follow_up, name="follow_up"),
    path(f"{_RECORD}paper/", paper.decision, name="paper"),
    path(f"{_RECORD}paper/clearance/", paper.clearance, name="paper_clearance"),
    path(f"{_RECORD}decisions/<int:decision_id>/scan/", paper.scan, name="scan"),
    path(f"held/{_RECORD}", reviewing.held_page, name="held"),
    path(f"held/{_RECORD}{_FILE}", reviewing.held_file, name="held_file"),
    path(f"{_RECORD}clearance/", reviewing.clearance_page, name="clearance"),
    *(
        path(f"{_RECORD}{name.replace('_', '-')}/", acts.asking(act, acts.QUESTIONS[act]), name=name)
        for name, act in (
            ("recall", Act.RECALL),
            ("mark_urgent", Act.MARK_URGENT),
            ("lift_urgency", Act.LIFT_URGENCY),
            ("discard", Act.DISCARD),
            ("abandon", Act.ABANDON),
            ("send_back", Act.SEND_BACK),
            ("ask_issuers", Act.ASK_ISSUERS),
            ("publish", Act.PUBLISH),
            ("plan_release", Act.PLAN_RELEASE),
            ("plan_withdrawal", Act.PLAN_WITHDRAWAL),
            ("cancel_plan", Act.CANCEL_PLAN),
            ("keep", Act.KEEP),
            ("reevaluate", Act.REEVALUATE),
            ("reopen", Act.REOPEN),
            ("correct", Act.CORRECT),
            ("validity", Act.SET_VALIDITY),
            ("withdraw", Act.WITHDRAW),
            ("remove_now", Act.REMOVE),
            ("explain", Act.EXPLAIN),
            ("republish", Act.REPUBLISH),
            ("leave", Act.LEAVE),
            ("ask_purge", Act.ASK_PURGE),
        )
    ),
    path(f"{_RECORD}purge/", purging.decide, name="purge"),
    path(f"{_RECORD}certificate/", certifying.show, name="certificate"),
    path(f"{_RECORD}take-over/", acts.asking(Act.EDIT, acts.TAKE_OVER), name="take_over"),
    path("catalogue/", keeping.catalogue_tree, name="catalogue"),
    path("catalogue/<str:column_code>/", keeping.column, name="column"),
    path("catalogue/<str:column_code>/new/", keeping.column_new, name="column_new"),
    *scheme.urlpatterns,
    *slips.urlpatterns,
    *channels.urlpatterns,
    *checking.urlpatterns,
    *words.urlpatterns,
    *cuts.urlpatterns,
    *evaluations.urlpatterns,
    *figures.urlpatterns,
    *joint.urlpatterns,
    *batches.urlpatterns,
    *issued.urlpatterns,
    *normative.urlpatterns,
    *upkeep.urlpatterns,
    *addresses.urlpatterns,
    *reading.urlpatterns,
    *standards.urlpatterns,
    *gazettes.urlpatterns,
    *guides.urlpatterns,
    *key_areas.urlpatterns,
    *deposits.urlpatterns,
]
