"""Which post may do what: the duty matrix as data. What is not named here is refused."""

from enum import StrEnum

from gongkai.accounts.domain.posts import CASEWORK, Post


class Duty(StrEnum):
    """One thing that a person may do on the desk."""

    SEE_TODAY = "see_today"
    SEE_RECORDS = "see_records"
    DRAFT_RECORDS = "draft_records"
    REVIEW_AS_SECTION_HEAD = "review_as_section_head"
    SIGN_RECORDS = "sign_records"
    CLEAR_SECRECY = "clear_secrecy"
    RECORD_PAPER_DECISIONS = "record_paper_decisions"
    PUBLISH_RECORDS = "publish_records"
    CONFIRM_JOINT_RECORDS = "confirm_joint_records"
    WITHDRAW_RECORDS = "withdraw_records"
    ASK_FOR_PURGE = "ask_for_purge"
    CONFIRM_PURGE = "confirm_purge"
    NOTE_CHANNELS = "note_channels"
    KEEP_SECRET_REGISTER = "keep_secret_register"
    KEEP_CATALOGUE = "keep_catalogue"
    SUPERVISE_CATALOGUES = "supervise_catalogues"
    IMPORT_RECORDS = "import_records"
    CHOOSE_REVIEW_SCHEME = "choose_review_scheme"
    KEEP_NORMATIVE = "keep_normative"
    SEE_FIGURES = "see_figures"
    SUPERVISE_FIGURES = "supervise_figures"
    CHECK_REPORTS = "check_reports"
    KEEP_ABSENCES = "keep_absences"
    HAND_OVER = "hand_over"
    KEEP_REMINDERS = "keep_reminders"
    MANAGE_AGENCIES = "manage_agencies"
    MANAGE_ACCOUNTS = "manage_accounts"
    GRANT_POSTS = "grant_posts"
    SEE_STATUS = "see_status"
    TEST_MAIL = "test_mail"
    READ_AUDIT = "read_audit"


DUTIES: dict[Post, frozenset[Duty]] = {
    Post.DRAFTER: frozenset(
        {
            Duty.SEE_TODAY,
            Duty.SEE_RECORDS,
            Duty.RECORD_PAPER_DECISIONS,
            Duty.DRAFT_RECORDS,
            Duty.NOTE_CHANNELS,
            Duty.CHECK_REPORTS,
        }
    ),
    Post.SECTION_HEAD: frozenset(
        {Duty.SEE_TODAY, Duty.SEE_RECORDS, Duty.RECORD_PAPER_DECISIONS, Duty.REVIEW_AS_SECTION_HEAD}
    ),
    Post.LEADER: frozenset(
        {
            Duty.SEE_TODAY,
            Duty.SEE_RECORDS,
            Duty.SIGN_RECORDS,
            Duty.WITHDRAW_RECORDS,
            Duty.CONFIRM_PURGE,
            Duty.SEE_FIGURES,
            Duty.KEEP_ABSENCES,
            Duty.HAND_OVER,
        }
    ),
    Post.SECRECY_REVIEWER: frozenset(
        {
            Duty.SEE_TODAY,
            Duty.SEE_RECORDS,
            Duty.RECORD_PAPER_DECISIONS,
            Duty.CLEAR_SECRECY,
            Duty.KEEP_SECRET_REGISTER,
            Duty.ASK_FOR_PURGE,
        }
    ),
    Post.DISCLOSURE_OFFICER: frozenset(
        {
            Duty.SEE_TODAY,
            Duty.SEE_RECORDS,
            Duty.RECORD_PAPER_DECISIONS,
            Duty.PUBLISH_RECORDS,
            Duty.CONFIRM_JOINT_RECORDS,
            Duty.WITHDRAW_RECORDS,
            Duty.ASK_FOR_PURGE,
            Duty.NOTE_CHANNELS,
            Duty.KEEP_SECRET_REGISTER,
            Duty.KEEP_CATALOGUE,
            Duty.IMPORT_RECORDS,
            Duty.CHOOSE_REVIEW_SCHEME,
            Duty.KEEP_NORMATIVE,
            Duty.SEE_FIGURES,
            Duty.CHECK_REPORTS,
            Duty.KEEP_ABSENCES,
            Duty.HAND_OVER,
            Duty.KEEP_REMINDERS,
        }
    ),
    Post.SUPERVISOR: frozenset(
        {
            Duty.SEE_TODAY,
            Duty.SUPERVISE_CATALOGUES,
            Duty.SUPERVISE_FIGURES,
            Duty.CHECK_REPORTS,
        }
    ),
    Post.SYSTEM_ADMIN: frozenset(
        {Duty.SEE_TODAY, Duty.MANAGE_AGENCIES, Duty.MANAGE_ACCOUNTS, Duty.SEE_STATUS, Duty.TEST_MAIL}
    ),
    Post.SECURITY_ADMIN: frozenset({Duty.SEE_TODAY, Duty.GRANT_POSTS, Duty.SEE_STATUS}),
    Post.AUDIT_ADMIN: frozenset({Duty.SEE_TODAY, Duty.READ_AUDIT, Duty.SEE_STATUS}),
}


def posts_with(duty: Duty) -> frozenset[Post]:
    """The posts that carry this duty."""
    return frozenset(post for post, duties in DUTIES.items() if duty in duties)


def casework_duties() -> frozenset[Duty]:
    """Everything that some casework post may do."""
    return frozenset(duty for post in CASEWORK for duty in DUTIES[post])
