"""The pages of `docs/law/`: parameters by date, sources, vocabularies, workdays."""

import itertools
from collections.abc import Iterator, Mapping

from gongkai.law import instruments, parameters, periods, vocabulary, workdays
from gongkai.law.parameters import Parameter, Value
from gongkai.law.vocabulary import Term
from tools.docs import markdown

SUBJECTS = {
    "annual_reports": "Annual reports (政府信息公开工作年度报告)",
    "disputes": "Reconsideration and litigation (行政复议、行政诉讼)",
    "outreach": "Responses to public opinion (舆情回应)",
    "petitions": "Petitions (信访)",
    "publication": "Proactive disclosure (主动公开)",
    "requests": "Requests (依申请公开)",
    "secrecy": "Secrecy (保密)",
}


def pages() -> Mapping[str, str]:
    return {
        "docs/law/parameters.md": _parameters(),
        "docs/law/sources.md": _sources(),
        "docs/law/vocabulary.md": _vocabulary(),
    }


def _parameters() -> str:
    text = [
        "# Parameters of the law",
        "",
        "Every number that the law sets, with the date from which it held. *Setting*: an agency may put its own value,",
        "because the law leaves it open or because we have not read the source (also marked *unconfirmed*).",
        "",
    ]
    book = parameters.book().parameters.values()
    for subject, members in itertools.groupby(book, key=lambda parameter: parameter.name.partition(".")[0]):
        text += [f"## {SUBJECTS.get(subject, subject)}", ""]
        listed = list(members)
        rows = (row for parameter in listed for row in _rows(parameter))
        text += [markdown.table(("Name", "Title", "From", "Value", "Basis", "Checked on"), rows)]
        text += [*(f"- `{parameter.name}`: {parameter.note}" for parameter in listed if parameter.note), ""]
    calendar = workdays.calendar()
    text += [
        "## Working days",
        "",
        f"The statutory calendar knows the years {min(calendar.years)} to {max(calendar.years)}. Later years count",
        "Monday to Friday and are provisional until their notice is announced.",
        "",
        "## Limits for publication by kind",
        "",
    ]
    kinds = periods.publication_categories().values()
    text.append(
        markdown.table(
            ("Kind", "Label", "Counted from", "Parameter"),
            ((f"`{kind.id}`", kind.label, kind.event, f"`{kind.parameter}`") for kind in kinds),
        )
    )
    return "\n".join(text)


def _rows(parameter: Parameter) -> Iterator[tuple[str, ...]]:
    name = f"`{parameter.name}`"
    for since, value in parameter.history:
        if value is None:
            yield name, parameter.title, since.isoformat(), "ended", "", ""
            continue
        yield name, parameter.title, since.isoformat(), _value(value), _basis(value.basis), value.checked_on.isoformat()
        name = ""


def _value(value: Value) -> str:
    marks = ((" *setting*", value.is_setting), (" *unconfirmed*", not value.confirmed))
    return value.label + "".join(mark for mark, holds in marks if holds)


def _basis(basis: str) -> str:
    return instruments.resolve(basis).citation


def _sources() -> str:
    rows = (
        (
            f"`{source.id}`",
            source.title,
            source.number,
            source.issued_on or "",
            source.in_force_on or "",
            source.ended_on or "",
            "" if source.confirmed else "unconfirmed",
        )
        for source in instruments.everything().values()
    )
    head = ("Id", "Title", "Number", "Issued", "In force from", "Until", "Note")
    intro = "Everything that the product cites. *Unconfirmed*: title or dates come from general knowledge.\n"
    return f"# Sources\n\n{intro}\n{markdown.table(head, rows)}"


def _vocabulary() -> str:
    chapters = {
        "Disclosure attributes (公开属性)": vocabulary.attributes(),
        "Grounds for withholding (不予公开的理由)": vocabulary.grounds(),
        "Statutory catalogue (法定主动公开内容)": vocabulary.catalogue(),
        "Genres (体裁分类)": vocabulary.genres(),
        "Groups (组配分类)": vocabulary.groups(),
        "Validity (效力状况)": vocabulary.validities(),
        "Key areas (重点领域)": vocabulary.key_areas(),
        "Fields of standard tables (基层政务公开标准目录的试点领域)": vocabulary.standard_fields(),
        "Channels of standard tables (公开渠道和载体)": vocabulary.standard_channels(),
    }
    text = ["# Vocabularies", ""]
    for title, terms in chapters.items():
        text += [f"## {title}", "", markdown.table(("Id", "Label", "Basis by date"), _terms(terms))]
    return "\n".join(text)


def _terms(terms: Mapping[str, Term]) -> Iterator[tuple[str, ...]]:
    for term in terms.values():
        bases = "; ".join(f"{since.isoformat()}: {instruments.resolve(basis).short}" for since, basis in term.bases)
        yield f"`{term.id}`", term.label, bases
