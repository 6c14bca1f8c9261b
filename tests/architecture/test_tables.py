"""Tenant tables are closed by construction, relations point down, migrations are complete and linear."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader

from gongkai.groundwork import scoping
from tests.architecture import source

FLOORS = (
    "law", "auditing", "groundwork", "agencies", "accounts", "published", "records", "reports",
    "portal", "workbench", "api", "imports", "config",
)  # fmt: skip
# Tables with an agency that are read across agencies, each with the reason.
NOT_TENANT = {
    "accounts.Mandate": "decides what a scope is",
    "accounts.PostHolding": "decides what a scope is",
    "published.Entry": "public",
    "published.CatalogueNode": "public",
    "published.EntryIssuer": "public",
    "published.ReleasedTable": "public",
    "published.ReleasedGazette": "public",
}
OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("gongkai.")]


def _floor(model: type[models.Model]) -> int:
    return FLOORS.index(model.__module__.split(".")[1])


def _tenant_models() -> list[type[models.Model]]:
    return [
        model
        for model in OURS
        if any(field.name == "agency" for field in model._meta.get_fields()) and model._meta.label not in NOT_TENANT
    ]


@pytest.mark.pure
def test_there_are_tenant_tables_to_look_at() -> None:
    assert "records.Record" in {model._meta.label for model in _tenant_models()}


@pytest.mark.pure
@pytest.mark.parametrize("model", _tenant_models(), ids=lambda model: model._meta.label)
def test_a_tenant_table_answers_only_inside_a_scope(model: type[models.Model]) -> None:
    assert isinstance(model._meta.default_manager, scoping.ScopedManager)
    assert isinstance(model._meta.base_manager, scoping.ScopedManager)
    with pytest.raises(scoping.ScopeError):
        model._meta.default_manager.exists()
    with pytest.raises(scoping.ScopeError):
        list(model._meta.default_manager.all())


@pytest.mark.pure
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_point_to_the_same_floor_or_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        assert field.__class__.__name__ not in {"GenericForeignKey", "GenericRelation"}
        target = field.related_model if field.concrete and field.is_relation else None
        if isinstance(target, type) and target.__module__.startswith("gongkai."):
            assert _floor(target) <= _floor(model), f"{model._meta.label}.{field.name} points up"


@pytest.mark.pure
@pytest.mark.parametrize("model", _tenant_models(), ids=lambda model: model._meta.label)
def test_a_child_of_a_tenant_table_carries_its_agency(model: type[models.Model]) -> None:
    children = [relation.related_model for relation in model._meta.related_objects]
    open_children = [
        child._meta.label
        for child in children
        if isinstance(child, type) and not isinstance(child._meta.default_manager, scoping.ScopedManager)
    ]
    assert open_children == []


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


@pytest.mark.pure
def test_migrations_are_linear_and_their_last_names_are_written_down() -> None:
    loader = MigrationLoader(None)
    names = {
        label: loader.graph.leaf_nodes(label)
        for label in (config.label for config in apps.get_app_configs() if config.name.startswith("gongkai."))
    }
    last = {label: nodes[0][1] for label, nodes in names.items() if nodes}
    assert all(len(nodes) <= 1 for nodes in names.values())
    written = dict(
        line.split(": ") for line in (source.ROOT / "src/gongkai/config/last_migrations.txt").read_text().splitlines()
    )
    assert written == last, "\n".join(f"{label}: {name}" for label, name in sorted(last.items()))
