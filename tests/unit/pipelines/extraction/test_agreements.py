"""Documents of two countries: kind, status, title, date, and what is none."""

import pytest

from pipelines.extraction.agreements import find_agreements
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Agreement, Article


def agreements(text: str, title: str | None = None) -> tuple[Agreement, ...]:
    article = Article(doc_id="d", text=text, title=title, published="2026-03-04")
    return find_agreements(read(build_language()(text), article))


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Angola and Chile signed a memorandum of understanding on fisheries.", "mou", "signed"),
        ("Angola and Chile inked three agreements on trade.", "agreement", "signed"),
        ("Angola and Chile are negotiating a double taxation agreement.", "agreement", "planned"),
        ("Angola called for a free trade agreement with Chile.", "agreement", "proposed"),
        ("The Angola-Chile extradition treaty entered into force.", "treaty", "in_force"),
        ("Angola and Chile issued a joint statement.", "declaration", "signed"),
        ("Angola and Chile adopted a roadmap for cooperation.", "roadmap", "signed"),
    ],
)
def test_kind_and_status(text: str, kind: str, status: str) -> None:
    (found,) = agreements(text)
    assert (found.pair, found.kind, found.status) == ("AGO-CHL", kind, status)


@pytest.mark.parametrize(
    "text",
    [
        "Angola and Chile agreed that trade should grow.",
        "Angola and Chile back the Paris Agreement.",
        "The two ministers of Angola and Chile were in agreement.",
        "Angola and Chile have to deal with drought.",
        "Angola signed a declaration of war on Chile.",
        "",
    ],
)
def test_what_is_no_document_of_the_two(text: str) -> None:
    assert agreements(text) == ()


def test_title_date_and_sectors() -> None:
    (found,) = agreements(
        "Angola and Chile signed a memorandum of understanding on fisheries "
        "in Luanda on 3 May 2021."
    )
    assert found.title == "memorandum of understanding on fisheries"
    assert found.date == "2021-05-03"
    assert found.sectors == ("fisheries",)


def test_named_title_keeps_its_words_and_countries() -> None:
    (found,) = agreements("The Norway-Chile Action Plan on Ports was launched in Oslo.")
    assert found.title == "Norway-Chile Action Plan on Ports"
    assert found.pair == "CHL-NOR"


def test_a_document_told_twice_is_one_record() -> None:
    (found,) = agreements(
        "Angola and Chile will sign an agreement on tourism. "
        "The agreement on tourism was signed on Monday in Luanda."
    )
    assert found.status == "signed"


def test_two_documents_are_two_records() -> None:
    found = agreements("Angola and Chile signed a tourism agreement and a fisheries agreement.")
    assert [(a.id, a.sectors) for a in found] == [("a1", ("tourism",)), ("a2", ("fisheries",))]
