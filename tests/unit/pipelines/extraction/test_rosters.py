"""Who else sat at an encounter, and encounters of which one sentence tells several."""

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article, Meeting

MET = (
    "Kenyan Foreign Minister Joseph Mutua met Peruvian Foreign Minister Ana Ruiz in Lima "
    "on Monday. "
)


def meetings(text: str) -> tuple[Meeting, ...]:
    """The encounters of a text published on a Friday."""
    return extract_article(Article("case", text, published="2025-03-14")).meetings


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "The Peruvian delegation included Trade Minister Luis Soto and Ambassador Carla Vega.",
            {"Luis Soto", "Carla Vega"},
        ),
        (
            "Representing Kenya were the Secretary of Trade, Grace Wanjiru; the Secretary of the "
            "Interior, Peter Otieno; and Ambassador Faith Kamau.",
            {"Grace Wanjiru", "Peter Otieno", "Faith Kamau"},
        ),
        (
            "The meeting was also attended by the ambassador of Kenya in Lima, Peter Otieno.",
            {"Peter Otieno"},
        ),
        ("It was attended by Peruvian Trade Minister Luis Soto.", {"Luis Soto"}),
        ("Peruvian Trade Minister Luis Soto also attended the meeting.", {"Luis Soto"}),
        (
            "The Kenyan side was headed by Deputy Minister Peter Otieno, the Peruvian side by "
            "Ambassador Carla Vega.",
            {"Peter Otieno", "Carla Vega"},
        ),
        ("The march was led by Peruvian Trade Minister Luis Soto.", set()),
        ("The museum was attended by Peruvian Trade Minister Luis Soto as a child.", set()),
        ("The delegation included Chilean Trade Minister Pablo Diaz.", set()),
        (
            "The Kenyan delegation was led by Joseph Mutua, who thanked Peruvian painter Rosa Paz.",
            set(),
        ),
    ],
)
def test_members_of_a_side_are_participants(sentence: str, names: set[str]) -> None:
    (meeting,) = meetings(MET + sentence)
    assert {p.name for p in meeting.participants} == {"Joseph Mutua", "Ana Ruiz"} | names


def test_an_encounter_told_long_before_is_not_attended_by_those_of_it() -> None:
    (meeting,) = meetings(MET + "Rain fell. Roads closed. It was attended by Minister Luis Soto.")
    assert {p.name for p in meeting.participants} == {"Joseph Mutua", "Ana Ruiz"}


def test_visitors_with_a_year_each_are_visits_of_their_own() -> None:
    found = meetings(
        "Peruvian presidents Ana Ruiz (2008) and Luis Soto (2014) as well as Foreign Minister "
        "Carla Vega (5 December 2016) visited Kenya."
    )
    assert [(m.date, m.participants[0].name) for m in found] == [
        ("2008", "Ana Ruiz"),
        ("2014", "Luis Soto"),
        ("2016-12-05", "Carla Vega"),
    ]


def test_bullets_go_on_with_the_direction_of_the_first() -> None:
    found = meetings(
        "• Visit of Peruvian Foreign Minister Ana Ruiz to Kenya (1987) • Visit of Hon. Luis Soto, "
        "Prime Minister (1999) • Visit of Carla Vega, Speaker of the Parliament (2005)"
    )
    assert [(m.pair, m.date, m.host_country) for m in found] == [
        ("KEN-PER", "1987", "KEN"),
        ("KEN-PER", "1999", "KEN"),
        ("KEN-PER", "2005", "KEN"),
    ]


def test_exchanged_visits_have_both_directions() -> None:
    found = meetings("In 2011, Peruvian President Aldo Reyes and Kenyan Prime Minister Daniel Kip "
                     "exchanged visits.")  # fmt: skip
    assert {(m.host_country, m.participants[0].name) for m in found} == {
        ("KEN", "Aldo Reyes"),
        ("PER", "Daniel Kip"),
    }


def test_here_is_the_city_of_the_dateline() -> None:
    found = meetings(
        "NAIROBI, March 13 - Kenyan Vice President Grace Wanjiru received here on Thursday the "
        "head of Peru's Congress, Luis Soto, who arrived on Tuesday."
    )
    assert {(m.kind, m.date, m.city) for m in found} == {
        ("talks", "2025-03-13", "Nairobi"),
        ("visit", "2025-03-11", None),
    }


def test_what_is_signed_at_a_session_has_its_day_and_city() -> None:
    found = meetings(
        "The 5th session of the Kenya-Peru Joint Commission was held in Lima on Monday, co-chaired "
        "by Kenyan Foreign Minister Joseph Mutua and Peruvian Foreign Minister Ana Ruiz. The two "
        "ministers signed an agreement on ports."
    )
    assert [(m.date, m.city) for m in found if m.kind == "signing"] == [("2025-03-10", "Lima")]


def test_a_meeting_before_a_place_with_where_is_held_there() -> None:
    (meeting,) = meetings(
        "Peruvian minister Ana Ruiz arrived from Mombasa, Kenya, where she met with the governor."
    )
    assert (meeting.pair, meeting.city) == ("KEN-PER", "Mombasa")
