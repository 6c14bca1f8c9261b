"""Tables of proactive disclosure, by noun."""

from gongkai.records.models.batch import BatchItem, BatchRun
from gongkai.records.models.catalogue import AgencyColumn
from gongkai.records.models.channel import RecordChannel
from gongkai.records.models.checking import AgencyWord, CheckRun, Dismissal, EyeReading, PlatformWord, WebAddress
from gongkai.records.models.decision import Decision, ReviewScheme
from gongkai.records.models.deposit import DepositBatch, DepositItem
from gongkai.records.models.evaluation import Reevaluation, SecretReevaluation, SecretRefusal
from gongkai.records.models.follow_up import FollowUp
from gongkai.records.models.gazette import GazetteIssue, GazetteItem
from gongkai.records.models.guide import GuideFile
from gongkai.records.models.imported import ImportAct, ImportedRow
from gongkai.records.models.issued import IssuedDocument
from gongkai.records.models.joint import Confirmation, ConfirmationRequest
from gongkai.records.models.key_area import KeyAreaColumn
from gongkai.records.models.normative import CleanUp, CleanUpItem, Evaluation, NormativeRule, Registration
from gongkai.records.models.plan import Plan
from gongkai.records.models.purge import Purge
from gongkai.records.models.record import Attachment, Record, RecordVersion
from gongkai.records.models.removal import EmergencyRemoval
from gongkai.records.models.standard_table import MatterLink, StandardMatter, StandardTable
from gongkai.records.models.standing import CatalogueStanding
from gongkai.records.models.uncut import UncutText

__all__ = [
    "AgencyColumn",
    "AgencyWord",
    "Attachment",
    "BatchItem",
    "BatchRun",
    "CatalogueStanding",
    "CheckRun",
    "CleanUp",
    "CleanUpItem",
    "Confirmation",
    "ConfirmationRequest",
    "Decision",
    "DepositBatch",
    "DepositItem",
    "Dismissal",
    "EmergencyRemoval",
    "Evaluation",
    "EyeReading",
    "FollowUp",
    "GazetteIssue",
    "GazetteItem",
    "GuideFile",
    "ImportAct",
    "ImportedRow",
    "IssuedDocument",
    "KeyAreaColumn",
    "MatterLink",
    "NormativeRule",
    "Plan",
    "PlatformWord",
    "Purge",
    "Record",
    "RecordChannel",
    "RecordVersion",
    "Reevaluation",
    "Registration",
    "ReviewScheme",
    "SecretReevaluation",
    "SecretRefusal",
    "StandardMatter",
    "StandardTable",
    "UncutText",
    "WebAddress",
]
