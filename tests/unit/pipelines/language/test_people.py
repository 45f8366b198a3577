"""Actors and persons: titles, names, countries, and who is meant later on."""

from itertools import pairwise

import pytest

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.mentions import ActorMention
from pipelines.language.people import find_people
from pipelines.records import Person


def read(
    text: str, published: str | None = None
) -> tuple[list[tuple[str, ActorMention]], tuple[Person, ...]]:
    doc = build_language()(text)
    actors, people = find_people(doc, find_countries(doc), 0, published)
    return [(doc[a.start : a.end].text, a) for a in actors], people


def person(text: str, name: str) -> Person:
    people = read(text)[1]
    found = [p for p in people if p.name == name]
    assert len(found) == 1, f"{name} among {[p.name for p in people]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "role", "country", "level"),
    [
        (
            "Cuban Deputy Prime Minister Aurelio Montes Vega arrived.",
            "Aurelio Montes Vega", "Deputy Prime Minister", "CUB", "deputy_leader",
        ),
        (
            "Iran’s Foreign Minister Behzad Karimpour arrived.",
            "Behzad Karimpour", "Foreign Minister", "IRN", "minister",
        ),
        (
            "Russian Deputy Foreign Minister Pyotr Salnikov arrived.",
            "Pyotr Salnikov", "Deputy Foreign Minister", "RUS", "deputy_minister",
        ),
        (
            "the President of the Republic of Chile, Tomasa Riveros, arrived.",
            "Tomasa Riveros", "President of the Republic of Chile", "CHL", "leader",
        ),
        (
            "President of Austria Leopold Gruber arrived.",
            "Leopold Gruber", "President of Austria", "AUT", "leader",
        ),
        (
            "He met Wanjiru Otieno, the Kenyan cabinet secretary for trade, in Nairobi.",
            "Wanjiru Otieno", "cabinet secretary for trade", "KEN", "minister",
        ),
        (
            "He met Lars Holm, Minister of Foreign Affairs and Trade of Norway, in Oslo.",
            "Lars Holm", "Minister of Foreign Affairs and Trade of Norway", "NOR", "minister",
        ),
        (
            "Deputy Prime Minister and Minister of Foreign Affairs of Jordan H.E. Dr. Sami Haddad "
            "spoke.",
            "Sami Haddad", "Deputy Prime Minister and Minister of Foreign Affairs of Jordan",
            "JOR", "deputy_leader",
        ),
        (
            "Armenia's ambassador to Iran, Vahan Petrossian, arrived.",
            "Vahan Petrossian", "ambassador to Iran", "ARM", "ambassador",
        ),
        (
            "He met Reza Moradi, a senior adviser to Iran’s foreign minister.",
            "Reza Moradi", "senior adviser to Iran’s foreign minister", "IRN", "official",
        ),
        (
            "Prime Minister Moana Clarke of New Zealand arrived.",
            "Moana Clarke", "Prime Minister", "NZL", "leader",
        ),
        (
            "Jordan's King Talal II spoke.",
            "Talal II", "King", "JOR", "leader",
        ),
        (
            "Oman's Sultan Faris bin Hamad Al Noor spoke.",
            "Faris bin Hamad Al Noor", "Sultan", "OMN", "leader",
        ),
        (
            "Saudi Crown Prince Fahad bin Nasser spoke.",
            "Fahad bin Nasser", "Crown Prince", "SAU", "deputy_leader",
        ),
        (
            "Indian Minister for Ports, Shipping and Waterways Sunita Rao spoke.",
            "Sunita Rao", "Minister for Ports, Shipping and Waterways", "IND", "minister",
        ),
        (
            "Syrian Foreign Minister Walid al-Khatib spoke.",
            "Walid al-Khatib", "Foreign Minister", "SYR", "minister",
        ),
        (
            "Vietnamese President To Minh spoke.",
            "To Minh", "President", "VNM", "leader",
        ),
        (
            "Egyptian Minister of Petroleum Amr El-Sayed spoke.",
            "Amr El-Sayed", "Minister of Petroleum", "EGY", "minister",
        ),
        (
            "The Cuban Speaker of the Parliament, Marta Ruiz, spoke.",
            "Marta Ruiz", "Speaker of the Parliament", "CUB", "parliament",
        ),
    ],
)  # fmt: skip
def test_title_name_country_and_level(
    text: str, name: str, role: str, country: str, level: str
) -> None:
    found = person(text, name)
    assert (found.role, found.country, found.level) == (role, country, level)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Minister Behzad Karimpour Tuesday left Lima.", "Behzad Karimpour"),
        ("Foreign Minister Lucia Prado France.", "Lucia Prado"),
        ("Foreign Minister Lucia Prado Foreign Ministry.", "Lucia Prado"),
        ("Foreign Minister Hossein Amir-Karimi spoke.", "Hossein Amir-Karimi"),
        ("Foreign Minister Hans von der Au spoke.", "Hans von der Au"),
        ("President John F. Reed spoke.", "John F. Reed"),
        ("President Maria da Luz said so.", "Maria da Luz"),
        ("Foreign Minister Park Ji-woo said so.", "Park Ji-woo"),
        ("Attorney General Ada L. Monaco spoke.", "Ada L. Monaco"),
    ],
)
def test_a_name_ends_where_it_ends(text: str, name: str) -> None:
    assert [p.name for p in read(text)[1]] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Foreign Affairs issued a statement.",
        "He paid an official visit to Cuba.",
        "The minister-level talks were held in Lima.",
        "The Joint Commission met in Havana.",
        "Meanwhile, the talks went on in New York.",
        "They attended the General Assembly of the United Nations.",
        "The mayors of Atlanta, Georgia and Long Beach, California came.",
        "Iran and Cuba signed an agreement on trade.",
    ],
)
def test_no_person_where_none_is_named(text: str) -> None:
    assert read(text)[1] == ()


def test_an_official_visit_is_no_actor() -> None:
    assert [text for text, _ in read("The official visit of the Cuban official ended.")[0]] == [
        "the Cuban official"
    ]


def test_a_counterpart_has_the_other_country_and_the_same_rank() -> None:
    text = "Iranian Foreign Minister Behzad Karimpour met his Omani counterpart, Said al-Rashdi."
    actors = dict(read(text)[0])
    other = actors["his Omani counterpart, Said al-Rashdi"]
    assert (other.name, other.country, other.level) == ("Said al-Rashdi", "OMN", "minister")


def test_two_holders_of_one_title_in_the_plural() -> None:
    people = read("Croatian presidents Ante Babic (2008) and Ivo Saric (2014) visited Baku.")[1]
    assert [(p.name, p.country) for p in people] == [("Ante Babic", "HRV"), ("Ivo Saric", "HRV")]


def test_names_in_the_order_of_their_countries() -> None:
    text = "The foreign ministers of Chile and Peru, Ines Vidal and Raul Quispe, met."
    assert [(p.name, p.country) for p in read(text)[1]] == [
        ("Ines Vidal", "CHL"),
        ("Raul Quispe", "PER"),
    ]


def test_later_mentions_mean_the_fullest_name() -> None:
    text = (
        "The President of Chile met the Deputy Prime Minister of Cuba. "
        "Cuban Deputy Prime Minister Aurelio Montes Vega came to Santiago. "
        "President Tomasa Riveros of Chile praised the ties. Montes agreed. "
        "The senior Cuban official left. Riveros said she was glad."
    )
    actors, people = read(text)
    assert [(a.form, a.name) for _, a in actors] == [
        ("role", "Tomasa Riveros"),
        ("role", "Aurelio Montes Vega"),
        ("named", "Aurelio Montes Vega"),
        ("named", "Tomasa Riveros"),
        ("named", "Aurelio Montes Vega"),
        ("role", "Aurelio Montes Vega"),
        ("named", "Tomasa Riveros"),
        ("pronoun", "Tomasa Riveros"),
    ]
    assert [p.name for p in people] == ["Aurelio Montes Vega", "Tomasa Riveros"]


def test_a_pronoun_means_the_subject_of_the_sentence_before() -> None:
    text = "Peruvian President Raul Quispe met Chilean President Ines Vidal. He thanked her."
    actors = read(text)[0]
    assert [a.name for t, a in actors if t == "He"] == ["Raul Quispe"]


def test_a_pronoun_of_the_other_gender_means_the_other_person() -> None:
    text = "King Talal of Jordan met Queen Astrid of Denmark. She thanked him."
    assert [a.name for t, a in read(text)[0] if t == "She"] == ["Astrid"]


def test_an_office_that_two_persons_hold_stays_open() -> None:
    text = "Peruvian President Raul Quispe met Chilean President Ines Vidal. The president spoke."
    assert [a.name for t, a in read(text)[0] if t == "The president"] == [None]


def test_an_indefinite_office_means_nobody_known() -> None:
    text = "Cuban minister Marta Ruiz spoke. A Cuban minister left."
    assert [a.name for t, a in read(text)[0] if t == "A Cuban minister"] == [None]


def test_the_two_ministers_are_the_last_two() -> None:
    text = (
        "Peruvian Foreign Minister Raul Quispe met Chilean Foreign Minister Ines Vidal. "
        "The two ministers signed an accord. The two sides were glad."
    )
    groups = [a for _, a in read(text)[0] if a.form == "group"]
    assert [g.names for g in groups] == [("Raul Quispe", "Ines Vidal")] * 2


def test_officials_without_names_are_a_group_of_their_country() -> None:
    (found,) = [a for _, a in read("She met Iranian officials.")[0] if a.form == "group"]
    assert (found.country, found.names) == ("IRN", ())


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # named in one breath
        ("Cuban President Juan Soto and Foreign Minister Marta Ruiz met Iranian officials.",
         "Marta Ruiz", "CUB"),
        # listed in a delegation
        ("The Cuban delegation included Minister of Trade Marta Ruiz; Iran sent officials.",
         "Marta Ruiz", "CUB"),
        # met on a visit
        ("While in Chile, Cuban President Juan Soto met with Foreign Minister Ines Vidal.",
         "Ines Vidal", "CHL"),
        # the side that is left
        ("Deputy Health Minister Behzad Karimpour met his Russian counterpart Pyotr Salnikov "
         "at talks of Iran and Russia.", "Behzad Karimpour", "IRN"),
    ],
)  # fmt: skip
def test_the_side_of_a_person_from_the_text(text: str, name: str, country: str) -> None:
    assert person(text, name).country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Minister Ines Vidal spoke.", "Ines Vidal"),
        ("Peru and Chile sent Minister Ines Vidal a letter, as did Cuba.", "Ines Vidal"),
        ("Cuban President Juan Soto met Maria Lindt, President of the Development Bank.",
         "Maria Lindt"),
    ],
)  # fmt: skip
def test_a_country_that_is_not_told_stays_open(text: str, name: str) -> None:
    assert person(text, name).country is None


def test_the_head_of_a_bank_is_no_leader_of_a_state() -> None:
    found = person("Maria Lindt, President of the Development Bank, spoke.", "Maria Lindt")
    assert found.level == "official"


def test_a_famous_leader_has_a_country() -> None:
    people = read("Prime Minister Modi spoke to President Putin.", "2024-05-10")[1]
    assert {p.name: p.country for p in people} == {"Modi": "IND", "Putin": "RUS"}


def test_a_leader_out_of_office_is_not_read_from_a_surname() -> None:
    assert read("Brown said the report was late.", "2024-05-10")[1] == ()


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    text = (
        "Cuban Deputy Prime Minister Aurelio Montes, Iran's Minister of Energy Behzad Karimpour "
        "and the ambassador of Chile, Ines Vidal, met. They said the two ministers agreed. " * 5
    )
    doc = build_language()(text)
    actors, people = find_people(doc, find_countries(doc))
    assert len(actors) >= 20
    assert all(a.end <= b.start for a, b in pairwise(actors))
    assert [p.id for p in people] == [f"p{n}" for n in range(1, len(people) + 1)]
    for found in people:
        assert found.name in text[found.evidence.start : found.evidence.end]


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "A" * 50_000, "Minister of " * 500, "King Al-" * 300, "THE PRESIDENT OF IRAN, X",
     "“(President' of", "he " * 1000, "President\n\nReyes"],
)  # fmt: skip
def test_odd_texts_are_read_without_error(text: str) -> None:
    doc = build_language()(text)
    actors, _ = find_people(doc, find_countries(doc), 1 if len(doc) > 3 else 0)
    assert all(0 <= a.start < a.end <= len(doc) for a in actors)
