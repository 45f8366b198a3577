"""Which encounters are read from a text, with whom, when, where, and which are not."""

from __future__ import annotations

import pytest

from pipelines.extraction.article import extract_article
from pipelines.extraction.meetings import find_meetings, surname
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article, Meeting

PUBLISHED = "2024-05-16"  # a Thursday


def meetings(text: str, title: str | None = None) -> tuple[Meeting, ...]:
    article = Article(doc_id="t", text=text, title=title, published=PUBLISHED)
    return find_meetings(read(build_language()(text), article))


def pairs_and_kinds(text: str) -> list[tuple[str, str]]:
    return sorted((m.pair, m.kind) for m in meetings(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno.", "talks"),
        ("Kenyan President John Otieno received Peruvian Foreign Minister Ana Ruiz.", "talks"),
        ("Peruvian Minister Ana Ruiz was received by Kenyan President John Otieno.", "talks"),
        ("In a meeting with Kenyan President John Otieno, Peruvian Foreign Minister Ana Ruiz "
         "praised the two countries' ties.", "talks"),
        ("Peru and Kenya held talks on fisheries.", "talks"),
        ("Officials from Peru and Kenya met on Tuesday.", "talks"),
        ("The talks between Peruvian Foreign Minister Ana Ruiz and her Kenyan counterpart were "
         "frank.", "talks"),
        ("Peruvian Foreign Minister Ana Ruiz spoke by phone with Kenyan President John Otieno.",
         "call"),
        ("Peruvian Foreign Minister Ana Ruiz held a telephone conversation with her Kenyan "
         "counterpart Mary Njeri.", "call"),
        ("Peruvian Foreign Minister Ana Ruiz met virtually with Kenyan President John Otieno.",
         "video"),
        ("Peru and Kenya held a round of negotiations on air services.", "negotiation"),
        ("Peru and Kenya held political consultations in Lima.", "consultation"),
        ("Peruvian Foreign Minister Ana Ruiz visited Nairobi on Monday.", "visit"),
        ("Peruvian Foreign Minister Ana Ruiz paid an official visit to Kenya.", "visit"),
        ("Peruvian Foreign Minister Ana Ruiz headed a delegation to Nairobi.", "visit"),
        ("Peruvian Foreign Minister Ana Ruiz and Kenyan Foreign Minister Mary Njeri signed a "
         "memorandum of understanding.", "signing"),
        ("Peru summoned the Kenyan ambassador over the remarks.", "other"),
    ],
)  # fmt: skip
def test_each_way_of_telling_an_encounter(text: str, kind: str) -> None:
    assert pairs_and_kinds(text) == [("KEN-PER", kind)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Peru beat Kenya 2-1 in a friendly match in Lima.",
        "Kenya imposed sanctions on Peru after the war.",
        "Relations between Peru and Kenya are excellent.",
        "Trade between Peru and Kenya met expectations last year.",
        "The Peruvian foreign minister sent a letter to Kenyan President John Otieno.",
        "Kenyan President John Otieno met with Kenyan Prime Minister Mary Njeri.",
        "Peruvian Foreign Minister Ana Ruiz called for peace in Kenya.",
        "The 7th meeting of the Peru-Kenya Joint Commission was held in Lima.",
        "Peruvian Foreign Minister Ana Ruiz travelled to Kenya to attend the Lakes Summit.",
        "Peru imports tea from Kenya and Uganda to meet demand.",
        "Peruvian Foreign Minister Ana Ruiz has never met Kenyan President John Otieno.",
        "Peruvian Foreign Minister Ana Ruiz met with the United Nations Secretary-General.",
    ],
)
def test_what_is_no_encounter(text: str) -> None:
    assert meetings(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno.", "held"),
        ("Peruvian Foreign Minister Ana Ruiz will meet with Kenyan President John Otieno.",
         "planned"),
        ("Peruvian Foreign Minister Ana Ruiz is scheduled to meet Kenyan President John Otieno.",
         "planned"),
        ("Peruvian Foreign Minister Ana Ruiz is visiting Kenya.", "ongoing"),
        ("Kenyan President John Otieno invited Peruvian Foreign Minister Ana Ruiz to visit Kenya.",
         "proposed"),
        ("Peruvian Foreign Minister Ana Ruiz refused to meet with Kenyan President John Otieno.",
         "cancelled"),
        ("Peruvian Foreign Minister Ana Ruiz cancelled a visit to Kenya.", "cancelled"),
    ],
)  # fmt: skip
def test_status_from_the_words_around_it(text: str, status: str) -> None:
    assert [m.status for m in meetings(text)] == [status]


def test_day_place_host_and_level() -> None:
    (meeting,) = meetings(
        "Kenyan President John Otieno received Peruvian Foreign Minister Ana Ruiz in Nairobi "
        "on Tuesday."
    )
    assert (meeting.date, meeting.city, meeting.place_country) == ("2024-05-14", "Nairobi", "KEN")
    assert meeting.host_country == "KEN"
    assert meeting.level == "minister"
    assert {p.name for p in meeting.participants} == {"John Otieno", "Ana Ruiz"}


def test_what_is_not_told_stays_unknown() -> None:
    text = "LIMA - Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno."
    (meeting,) = meetings(text)
    assert (meeting.date, meeting.city, meeting.place_country) == (None, None, None)


def test_a_day_of_the_report_is_no_day_of_the_event() -> None:
    (meeting,) = meetings(
        "The ministry said on Tuesday that Peruvian Foreign Minister Ana Ruiz had met Kenyan "
        "President John Otieno."
    )
    assert meeting.date is None


def test_place_of_what_they_spoke_of_is_not_theirs() -> None:
    (meeting,) = meetings(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno and condemned "
        "the violence of the militias in Khartoum."
    )
    assert meeting.city is None


def test_an_encounter_told_twice_is_one_with_all_that_is_told() -> None:
    (meeting,) = meetings(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno.\n\n"
        "During the meeting, Ruiz praised the ties.\n\n"
        "The meeting took place in Nairobi on Monday."
    )
    assert (meeting.city, meeting.date) == ("Nairobi", "2024-05-13")


def test_a_visit_and_its_talks_are_two_records() -> None:
    found = meetings(
        "Peruvian Foreign Minister Ana Ruiz visited Nairobi on Monday. "
        "Ruiz met with Kenyan President John Otieno."
    )
    visit = next(m for m in found if m.kind == "visit")
    talks = next(m for m in found if m.kind == "talks")
    assert len(found) == 2
    assert talks.parent == visit.id
    assert visit.level == "minister"
    assert talks.city == "Nairobi"


def test_two_hosts_in_turn_are_two_talks() -> None:
    found = meetings(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno. "
        "Ruiz also met with Kenyan Foreign Minister Mary Njeri."
    )
    assert [m.kind for m in found] == ["talks", "talks"]


def test_three_countries_give_three_pairs_of_one_encounter() -> None:
    found = meetings(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan Foreign Minister Mary Njeri and "
        "Omani Foreign Minister Salim Harthy."
    )
    assert {m.pair for m in found} == {"KEN-PER", "KEN-OMN", "OMN-PER"}
    assert {m.encounter for m in found} == {found[0].id}


def test_separate_calls_make_no_pair_of_those_called() -> None:
    found = meetings(
        "Peruvian Foreign Minister Ana Ruiz spoke separately with Kenyan Foreign Minister Mary "
        "Njeri and Omani Foreign Minister Salim Harthy."
    )
    assert {m.pair for m in found} == {"KEN-PER", "OMN-PER"}


def test_a_third_country_that_is_spoken_of_takes_no_part() -> None:
    found = meetings(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno to discuss the "
        "war between Ukraine and Russia."
    )
    assert {m.pair for m in found} == {"KEN-PER"}


def test_the_home_minister_needs_no_nationality() -> None:
    found = meetings("LIMA - Foreign Minister Ana Ruiz and her Kenyan counterpart met on Monday. "
                     "Peru is keen on trade.")  # fmt: skip
    assert [m.pair for m in found] == ["KEN-PER"]


def test_a_tour_is_a_visit_to_each_country() -> None:
    found = meetings("Peruvian President Ana Ruiz visited Kenya and Uganda.")
    assert {(m.pair, m.kind) for m in found} == {("KEN-PER", "visit"), ("PER-UGA", "visit")}


def test_a_state_and_its_territory_make_no_pair() -> None:
    assert meetings("Danish Prime Minister Mette Holm met with Greenlandic officials.") == ()


def test_evidence_is_the_sentence() -> None:
    text = (
        "Rain fell.\n\nPeruvian Foreign Minister Ana Ruiz met with Kenyan officials. It was late."
    )
    (meeting,) = meetings(text)
    told = text[meeting.evidence.start : meeting.evidence.end]
    assert told == "Peruvian Foreign Minister Ana Ruiz met with Kenyan officials."


@pytest.mark.parametrize(
    ("name", "last"),
    [("Ana Ruiz", "ruiz"), ("John Otieno, Jr.", "otieno"), ("Olaf V", "olaf"), ("Ruiz", "ruiz")],
)
def test_surname(name: str, last: str) -> None:
    assert surname(name) == last


def test_a_weekday_is_counted_from_the_day_told_before() -> None:
    text = (
        "President Kofi Mensah of Ghana arrived in Tallinn on 3 September 2024 for a three-day "
        "visit to Estonia. On Wednesday he met with Estonian Prime Minister Liis Tamm."
    )
    found = {meeting.kind: meeting for meeting in extract_article(Article("a", text)).meetings}
    assert found["visit"].date == "2024-09-03"
    assert found["visit"].date_end == "2024-09-05"
    assert found["talks"].date == "2024-09-04"
    assert found["talks"].parent == found["visit"].id


def test_a_signing_has_not_the_date_of_a_session_of_years_ago() -> None:
    text = (
        "Peru and Kenya held talks in Lima. Foreign Minister Ana Quispe Rojas of Peru and her "
        "Kenyan counterpart, Daniel Otieno, reviewed projects that were agreed at the last "
        "meeting of the joint commission in 2022.\n\n"
        "The ministers signed a memorandum of understanding on farming."
    )
    facts = extract_article(Article("a", text, published="2024-07-18"))
    (signing,) = (meeting for meeting in facts.meetings if meeting.kind == "signing")
    assert (signing.date, signing.city) == (None, "Lima")
