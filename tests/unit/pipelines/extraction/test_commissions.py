"""Sessions of bilateral bodies: what is one, its number, status, time and place, and merging."""

import pytest

from pipelines.extraction.commissions import find_commissions
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article, Commission


def commissions(
    text: str, title: str | None = None, published: str | None = "2026-03-04"
) -> tuple[Commission, ...]:
    article = Article(doc_id="d", text=text, title=title, published=published)
    return find_commissions(read(build_language()(text), article))


def only(text: str, title: str | None = None) -> Commission:
    found = commissions(text, title)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "pair", "ordinal"),
    [
        ("The 14th session of the Ghana-Morocco Joint Commission was held.", "GHA-MAR", 14),
        ("The fourth Peru–Vietnam Intergovernmental Committee met.", "PER-VNM", 4),
        ("The twenty-first round of the Kuwait-Jordan Higher Committee was held.", "JOR-KWT", 21),
        ("Chile and Fiji held the XIV session of their Mixed Commission.", "CHL-FJI", 14),
        ("The inaugural Oman-Nepal Strategic Dialogue took place.", "NPL-OMN", 1),
        ("The Angola-Chile Binational Commission held its third session.", "AGO-CHL", 3),
        ("Angola and Chile's Joint Commission on Trade met for talks.", "AGO-CHL", None),
        (
            "The 9th meeting of the Joint Committee for Trade between Qatar and Malta ended.",
            "MLT-QAT",
            9,
        ),
        ("Envoys attended the second annual Kenya-Finland 2+2 Ministerial Dialogue.", "FIN-KEN", 2),
    ],
)
def test_bodies_of_two_countries_and_their_numbers(
    text: str, pair: str, ordinal: int | None
) -> None:
    session = only(text)
    assert (session.pair, session.ordinal) == (pair, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "The European Commission welcomed the talks of Chile and Peru.",
        "Peru's National Election Commission met on Monday with officials of Chile.",
        "The UN Security Council discussed Chad and Sudan.",
        "The parliament's foreign affairs committee of Ghana received the envoy of Mali.",
        "Chile and Peru are members of the Gulf Cooperation Council.",
        "The 5+5 Joint Military Commission met in Sirte.",
        "The joint commission of the senate and the house sat on Monday.",
        "Ghana and Morocco agreed to engage in strategic dialogue.",
        "The U.S.-ASEAN High-Level Dialogue was held.",
        "",
    ],
)
def test_what_is_no_bilateral_body(text: str) -> None:
    assert commissions(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The 5th Ghana-Morocco Joint Commission was held in Rabat in May 2024.", "held"),
        ("The 5th Ghana-Morocco Joint Commission kicked off in Rabat on Monday.", "ongoing"),
        ("The 5th Ghana-Morocco Joint Commission will be held in Rabat.", "planned"),
        ("Ghana and Morocco agreed to hold the 5th session of the Joint Commission.", "planned"),
        ("The 5th session of the Ghana-Morocco Joint Commission was postponed.", "cancelled"),
        ("Ghana's envoy called for reviving the Ghana-Morocco Joint Commission.", "proposed"),
        ("A Ghana-Morocco Joint Commission was established in 1998.", "established"),
        ("The head of the Ghana-Morocco Joint Commission greeted the guests.", "mentioned"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert only(text).status == status


def test_date_and_place_of_a_session() -> None:
    session = only(
        "After ten years, the 3rd Oman-Nepal Joint Economic Commission opened in Muscat on Tuesday."
    )
    assert (session.date, session.city, session.place_country) == ("2026-03-03", "Muscat", "OMN")
    assert session.sectors == ("economy",)


def test_founding_date_is_not_that_of_the_session() -> None:
    session = only("The Oman-Nepal Joint Committee, established in 1998, met in Muscat.")
    assert session.status == "held"
    assert session.date is None


def test_nothing_is_invented_where_the_text_does_not_tell() -> None:
    session = only("TEHRAN - The 6th session of the Chile-Fiji Joint Commission was held.")
    assert (session.date, session.city, session.place_country) == (None, None, None)


def test_mentions_of_one_session_are_one_record() -> None:
    session = only(
        "Minister Salim Harthy travelled to Kathmandu to hold the 7th meeting of the Joint "
        "Commission on Economic Cooperation between Oman and Nepal. He praised the results of the "
        "meeting of the Joint Commission for Economic Cooperation between Oman and Nepal. "
        "The commission is a sign of trust, he said."
    )
    assert (session.ordinal, session.status) == (7, "held")


def test_two_sessions_of_a_body_are_two_records() -> None:
    first, second = commissions(
        "The 14th session of the Ghana-Morocco Joint Commission was held in Rabat in 2024. "
        "The 15th session will be held in Accra in 2027."
    )
    assert (first.ordinal, first.status, first.city) == (14, "held", "Rabat")
    assert (second.ordinal, second.status, second.city) == (15, "planned", "Accra")
    assert (first.id, second.id) == ("c1", "c2")


def test_different_bodies_of_a_pair_stay_apart() -> None:
    names = {
        c.name
        for c in commissions(
            "The Chile-Fiji Joint Economic Commission met in Suva. "
            "The Chile-Fiji Joint Military Commission met in Santiago."
        )
    }
    assert names == {"Chile-Fiji Joint Economic Commission", "Chile-Fiji Joint Military Commission"}


def test_acronym_stands_for_its_body() -> None:
    first, second = commissions(
        "The Chile-Fiji High-Level Trade Dialogue (HLTD) was held in Suva in 2023. "
        "The sixth HLTD will be held in Santiago in 2027."
    )
    assert (second.ordinal, second.pair) == (6, first.pair)


def test_pair_from_the_article_where_the_name_tells_none() -> None:
    session = only(
        "Kenyan Foreign Minister Wanjiru Odhiambo met her Finnish counterpart Aino Laine. "
        "The two sides agreed to convene the third joint committee."
    )
    assert session.pair == "FIN-KEN"


def test_co_chairs() -> None:
    session = only(
        "The Ghana-Morocco Joint Commission was co-chaired by Foreign Minister Ama Boateng and "
        "Foreign Minister Karim Alaoui."
    )
    assert session.co_chairs == ("Ama Boateng", "Karim Alaoui")


def test_three_countries_make_three_pairs() -> None:
    pairs = {
        c.pair
        for c in commissions("Chile, Peru and Fiji held the second Trilateral Fisheries Committee.")
    }
    assert pairs == {"CHL-PER", "CHL-FJI", "FJI-PER"}


@pytest.mark.parametrize(
    "text",
    [
        "joint commission " * 3000,
        "JOINT COMMISSION",
        "a" * 20000,
        "((()“ 18th Joint Commission (",
        "—",
    ],
)
def test_odd_texts_are_read_without_error(text: str) -> None:
    assert isinstance(commissions(text), tuple)


def test_a_session_sits_in_one_of_its_two_lands() -> None:
    session = only(
        "Chilean President Ana Ruiz met Singapore's Prime Minister Lee Wen in Lima on Monday. She "
        "also met Bolivian President Luis Soto. The two presidents agreed to convene the first "
        "meeting of a joint committee on ports in La Paz. Chile exports copper."
    )
    assert (session.pair, session.city) == ("BOL-CHL", "La Paz")


def test_chairs_are_those_of_their_own_session() -> None:
    sixth, seventh = commissions(
        "The Ghana-Morocco Joint Commission held its sixth meeting in Rabat in 2017 and its "
        "seventh, chaired by Ministers Ama Boateng and Karim Alaoui, in Accra in 2021."
    )
    assert (sixth.ordinal, sixth.co_chairs) == (6, ())
    assert (seventh.ordinal, seventh.co_chairs) == (7, ("Ama Boateng", "Karim Alaoui"))
