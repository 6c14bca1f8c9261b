"""The agency's own rule for its normative documents."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.records.domain import normative
from gongkai.records.models import NormativeRule
from gongkai.records.services import acting


class CannotSetRule(acting.Refused):
    """The template could not give lasting numbers."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Empty parts follow the parameters of the law; without a template no number is given by itself."""

    registration_template: str = ""
    validity_years: int | None = None
    trial_years: int | None = None


def set_rule(*, rule: Rule, actor: Actor, at: datetime) -> NormativeRule:
    """Puts the rule in force from now on; documents that have a number or a last day keep them.

    Raises:
        CannotSetRule: see the class.
    """
    wrong = normative.check_template(rule.registration_template) if rule.registration_template else ""
    if wrong:
        raise CannotSetRule(wrong)
    values = {
        "registration_template": rule.registration_template,
        "validity_years": rule.validity_years,
        "trial_years": rule.trial_years,
    }
    with acting.at_own_agency(actor) as agency_id:
        row, _ = NormativeRule.objects.update_or_create(agency_id=agency_id, defaults=values | {"changed_at": at})
        entry = trail.Entry(action="normative.set_rule", subject_type="agency", subject_id=agency_id, detail=values)
        trail.write(entry, actor=actor, at=at)
    return row
