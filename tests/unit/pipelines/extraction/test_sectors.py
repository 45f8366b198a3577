"""Sectors of cooperation: which words count, whose they are, their stance, and the roll-up."""

import pytest

from pipelines.extraction.commissions import find_commissions
from pipelines.extraction.sectors import find_sector_mentions, roll_up
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.lexicons import read_lexicon
from pipelines.records import Article, SectorMention, Span


def mentions(text: str, title: str | None = None) -> tuple[SectorMention, ...]:
    article = Article(doc_id="d", text=text, title=title, published="2026-03-04")
    reading = read(build_language()(text), article)
    return find_sector_mentions(reading, find_commissions(reading))


def sectors(text: str, title: str | None = None) -> set[tuple[str, str]]:
    return {(m.pair, m.sector) for m in mentions(text, title)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya and Finland should cooperate in the fields of trade, education and health care.",
            {"trade", "education", "health"},
        ),
        ("Oman wants to expand its economic ties with Nepal.", {"economy"}),
        ("Trade and economic cooperation between Oman and Nepal is growing.", {"trade", "economy"}),
        ("Fiji and Chile signed an agreement on fisheries.", {"fisheries"}),
        (
            "Fiji and Chile discussed trade, migration and tourism.",
            {"trade", "migration", "tourism"},
        ),
        ("Fiji and Chile discussed medical tourism.", {"tourism", "health"}),
        ("Military cooperation between Fiji and Chile goes on.", {"defence"}),
        ("Ghana and Mali agreed to cooperate on counter-terrorism.", {"security"}),
    ],
)
def test_sectors_that_two_countries_speak_of(text: str, expected: set[str]) -> None:
    found = mentions(text)
    assert {m.sector for m in found} == expected
    assert len({m.pair for m in found}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya and Peru have old ties. Kenya thanked Peru for training 40 Kenyan nurses.",
            {"education", "health"},
        ),
        (
            "Kenya and Peru have old ties. Peru has financed a hospital in Kisumu, Kenya.",
            {"health"},
        ),
        (
            "Kenya and Peru met in Lima. Kenya asked Peru to ease visa procedures for students.",
            {"education", "migration"},
        ),
        (
            "Kenya and Peru met in Lima. Peru was accused of selling weapons to Kenya.",
            set(),
        ),
    ],
)
def test_what_one_side_asks_or_gives_the_other(text: str, expected: set[str]) -> None:
    assert {m.sector for m in mentions(text, "Kenya and Peru")} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Health Minister of Kenya met the Finnish Minister of Trade and Industry in Nairobi.",
        "The Ministry of Agriculture of Oman received the ambassador of Nepal.",
        "Kenyan and Finnish officials gave a press conference.",
        "Kenya's economy grew by 5 percent last year.",
        "The International Monetary Fund praised Kenya and Finland.",
        "Kenya opened two hospitals.",
        "",
    ],
)
def test_words_that_tell_no_cooperation(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Fiji and Chile signed an agreement on tourism.", "agreed"),
        ("Fiji and Chile maintain close ties in tourism.", "existing"),
        ("Fiji called for cooperation with Chile in tourism.", "proposed"),
        ("Fiji and Chile reviewed cooperation in tourism.", "discussed"),
        ("A dispute hampers tourism cooperation between Fiji and Chile.", "obstacle"),
    ],
)
def test_stance(text: str, stance: str) -> None:
    assert [m.stance for m in mentions(text)] == [stance]


def test_name_of_a_body_gives_its_sectors_as_existing() -> None:
    found = mentions("The 3rd Oman-Nepal Joint Commission on Tourism will be held in Muscat.")
    named = [m for m in found if m.rule == "body-name"]
    assert [(m.pair, m.sector, m.stance) for m in named] == [("NPL-OMN", "tourism", "existing")]
    assert named[0].commissions == ("c1",)


def test_two_sides_are_those_told_before() -> None:
    text = (
        "Kenya's president received the Finnish envoy. The two sides discussed trade and tourism."
    )
    assert sectors(text) == {("FIN-KEN", "trade"), ("FIN-KEN", "tourism")}


def test_one_country_with_several_partners() -> None:
    text = "Iran is ready to share technology with Oman and Qatar."
    assert sectors(text) == {("IRN-OMN", "science"), ("IRN-QAT", "science")}


def test_offsets_are_code_points_of_the_text() -> None:
    text = "“Très bien 🙂”: Fiji and Chile signed an agreement on tourism."
    (mention,) = mentions(text)
    assert text[mention.start : mention.end] == "tourism"


def _mention(sector: str, stance: str, start: int) -> SectorMention:
    return SectorMention(
        id=f"n{start}",
        evidence=Span(start, start + 5),
        rule="r",
        confidence=0.5,
        pair="CHL-FJI",
        sector=sector,
        stance=stance,
        start=start,
        end=start + 5,  # type: ignore[arg-type]
    )


def test_roll_up_takes_the_strongest_stance_of_each_sector() -> None:
    rolled = roll_up(
        (
            _mention("trade", "discussed", 0),
            _mention("trade", "agreed", 9),
            _mention("water", "obstacle", 20),
        )
    )
    assert [(s.sector, s.stance) for s in rolled] == [("trade", "agreed"), ("water", "obstacle")]
    assert rolled[0].evidence == Span(9, 14)
    assert rolled[0].confidence > rolled[1].confidence


def test_every_term_names_known_sectors() -> None:
    codes = {entry["code"] for entry in read_lexicon("sectors")}
    assert len(codes) == 30
    for entry in read_lexicon("sector_terms"):
        assert entry["sectors"] == "-" or set(entry["sectors"].split("|")) <= codes, entry
        assert entry["use"] in {"plain", "general", "none"}, entry
