"""The sentences of a brief, on rows as the marts have them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from warehouse.brief import Brief, Row
from warehouse.brief_text import WIDTH, render_brief

TODAY = date(2030, 6, 1)
SOURCE: Row = {
    "article_id": "a",
    "source": "wire",
    "title": "Ministers meet",
    "url": "https://wire.example/1",
    "published_local_date": date(2030, 5, 2),
    "told_on": date(2030, 5, 2),
    "is_sample": False,
}
PAIR: Row = {
    "n_meetings": 1,
    "n_commission_sessions": 0,
    "n_agreements": 0,
    "n_quotes": 0,
    "n_articles": 1,
}


def brief(**rows: Any) -> str:
    """Render a brief of Cuba and Iran with these rows, each told by article a, in one line."""
    return " ".join(whole(**rows).split())


def whole(limit: int | None = 8, sources: dict[str, Row] | None = None, **rows: Any) -> str:
    lists = {
        name: [{"article_ids": ["a"], **row} for row in rows.get(name, [])]
        for name in ("meetings", "bodies", "sessions", "sectors", "agreements", "quotes")
    }
    return render_brief(
        Brief(
            pair_id="CUB-IRN",
            pair=rows.get("pair", PAIR),
            sources={"a": SOURCE} if sources is None else sources,
            n_articles_in_all=7,
            neighbours=rows.get("neighbours", {"CUB": [], "IRN": []}),
            **lists,
        ),
        TODAY,
        limit,
    )


def meeting(**fields: Any) -> Row:
    return {
        "pair_id": "CUB-IRN",
        "kind": "talks",
        "status": "held",
        "date": date(2030, 5, 1),
        "date_end": None,
        "date_precision": "day",
        "city": "Havana",
        "place_country": "CUB",
        "host_country": None,
        "level": "minister",
        "people": [],
        "sectors": [],
        **fields,
    }


def session(**fields: Any) -> Row:
    return {
        "body": "Joint Commission",
        "ordinal": 18,
        "status": "held",
        "date": date(2030, 5, 1),
        "date_end": date(2030, 5, 3),
        "date_precision": "day",
        "city": "Tehran",
        "place_country": "IRN",
        "co_chairs": [],
        "sectors": [],
        **fields,
    }


def agreement(**fields: Any) -> Row:
    return {
        "kind": "mou",
        "status": "signed",
        "title": None,
        "sectors": [],
        "date": date(2030, 5, 1),
        "date_precision": "day",
        **fields,
    }


ANA = {"name": "Ana Sol", "role": "Foreign Minister", "country": "CUB"}
OMID = {"name": "Omid Bahar", "role": "Iranian counterpart", "country": "IRN"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Talks at the level of ministers took place on 1 May 2030 in Havana. [1]"),
        (
            {"people": [ANA, OMID]},
            "Talks between Ana Sol (Foreign Minister, Cuba) and Omid Bahar (Iran) took place",
        ),
        (
            {"people": [ANA]},
            "Talks between Cuba and Iran, with Ana Sol (Foreign Minister, Cuba), took place",
        ),
        ({"date_precision": "month"}, "took place in May 2030 in Havana"),
        ({"date_precision": "year", "city": None}, "took place in 2030 in Cuba"),
        ({"date": None, "city": None, "place_country": None}, "of ministers took place. [1]"),
        ({"date_end": date(2030, 5, 2)}, "took place from 1 May 2030 to 2 May 2030 in Havana"),
        (
            {"kind": "visit", "host_country": "CUB", "people": [OMID, ANA]},
            "A visit to Cuba by Omid Bahar (Iran) took place",
        ),
        (
            {"kind": "visit", "host_country": "CUB"},
            "A visit to Cuba at the level of ministers took place",
        ),
        (
            {"kind": "visit", "host_country": "CUB", "city": None},
            "A visit to Cuba at the level of ministers took place on 1 May 2030. [1]",
        ),
        (
            {"people": [{**ANA, "role": "Minister of Trade of Cuba"}]},
            "Talks between Cuba and Iran, with Ana Sol (Minister of Trade of Cuba), took place",
        ),
        (
            {"status": "planned", "date": date(2030, 7, 1)},
            "are planned for 1 July 2030 in Havana. [1]",
        ),
        (
            {"status": "planned"},
            "were planned for 1 May 2030 in Havana (no article tells whether they took place)",
        ),
        (
            {"status": "planned", "date": date(2030, 6, 1), "date_precision": "month"},
            "Talks at the level of ministers are planned for June 2030 in Havana. [1]",
        ),
        (
            {"status": "planned", "date_precision": "year"},
            "Talks at the level of ministers are planned for 2030 in Havana",
        ),
        ({"status": "proposed", "date": None, "city": None}, "were proposed in Cuba. [1]"),
        ({"status": "cancelled"}, "were cancelled (due on 1 May 2030 in Havana)"),
        ({"status": "ongoing", "date": date(2030, 6, 1)}, "are under way from 1 June 2030"),
        ({"status": "ongoing"}, "were under way from 1 May 2030"),
        ({"kind": "call", "city": None, "place_country": None, "level": None}, "A telephone call"),
        (
            {"sectors": ["trade", "migration"]},
            "On the table: trade; migration and consular affairs. [1]",
        ),
    ],
)
def test_meetings(fields: dict[str, Any], sentence: str) -> None:
    assert sentence in brief(meetings=[meeting(**fields)])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"co_chairs": ["Ana Sol", "Omid Bahar"]},
            "The 18th session of the Joint Commission took place from 1 May 2030 to 3 May 2030 in "
            "Tehran. Co-chaired by Ana Sol and Omid Bahar. [1]",
        ),
        ({"ordinal": 1}, "The 1st session"),
        ({"ordinal": 12}, "The 12th session"),
        ({"ordinal": 23}, "The 23rd session"),
        ({"ordinal": None}, "A session of the Joint Commission took place"),
        ({"status": "established"}, "The Joint Commission was established from"),
        (
            {"status": "mentioned", "ordinal": None, "date": None},
            "The Joint Commission is mentioned, but no session of it. [1]",
        ),
        ({"status": "mentioned", "date": None, "city": None}, "is mentioned in Iran. [1]"),
        ({"sectors": ["health"]}, "On the agenda: health."),
    ],
)
def test_sessions(fields: dict[str, Any], sentence: str) -> None:
    assert sentence in brief(sessions=[session(**fields)])


def test_bodies_with_the_sessions_that_no_article_tells_of() -> None:
    body = {"name": "Joint Commission", "n_sessions": 2, "last_ordinal": 9}
    told = brief(bodies=[{**body, "missing_ordinals": [1, 2, 3, 5, 7, 8]}], sessions=[session()])
    assert (
        "Joint Commission: 2 sessions known, the last one held is the 9th; not found: the 1st to "
        "3rd, 5th, 7th and 8th." in told
    )


def test_sectors() -> None:
    row = {
        "sector": "energy",
        "stance_strongest": "agreed",
        "stance_latest": "discussed",
        "has_obstacle": True,
        "n_mentions": 3,
        "last_date": date(2030, 5, 2),
    }
    assert (
        "- Energy: agreed, most recently discussed, with an obstacle named (3 mentions, last in "
        "an article of 2 May 2030). [1]" in brief(sectors=[row])
    )
    undated = {"a": {**SOURCE, "published_local_date": None}}
    assert "obstacle named (3 mentions). [1]" in whole(sectors=[row], sources=undated)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "A memorandum of understanding, signed on 1 May 2030. [1]"),
        (
            {"kind": "agreement", "sectors": ["health"]},
            "An agreement, signed on 1 May 2030. On health",
        ),
        ({"title": "treaty on ports", "date": None}, "Treaty on ports, signed. [1]"),
        ({"status": "in_force", "date_precision": "year"}, "in force since 2030. [1]"),
        ({"status": "planned"}, "to be signed on 1 May 2030 (no article tells whether it was)"),
        ({"status": "proposed", "date": None}, "proposed. [1]"),
    ],
)
def test_agreements(fields: dict[str, Any], sentence: str) -> None:
    assert sentence in brief(agreements=[agreement(**fields)])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, '- 2 May 2030, Ana Sol (Foreign Minister, Cuba): "We agree." [1]'),
        (
            {"kind": "indirect", "text": "they agree", "cue": "stressed"},
            "Cuba) stressed: they agree [1]",
        ),
        ({"kind": "indirect", "polarity": "negated"}, "in reported speech that is negated: "),
        ({"kind": "indirect", "cue": "adding"}, "Cuba), in reported speech: "),
        ({"text": "“We agree,”"}, "Cuba): “We agree” [1]"),
        ({"speaker": "minister", "speaker_role": "minister"}, "2 May 2030, minister (Cuba):"),
        ({"published_on": None}, "- Ana Sol (Foreign Minister, Cuba):"),
    ],
)
def test_quotes(fields: dict[str, Any], sentence: str) -> None:
    row = {
        "speaker": "Ana Sol",
        "speaker_role": "Foreign Minister",
        "speaker_country": "CUB",
        "kind": "direct",
        "cue": "said",
        "polarity": "asserted",
        "text": '"We agree."',
        "told_on": date(2030, 5, 2),
        "published_on": date(2030, 5, 2),
        **fields,
    }
    assert sentence in brief(quotes=[row])


def test_every_source_is_told_with_its_date() -> None:
    told = brief(meetings=[meeting()])
    assert "[1] Ministers meet. wire, published 2 May 2030. https://wire.example/1" in told
    undated = {**SOURCE, "published_local_date": None, "url": None, "title": None}
    told = " ".join(whole(meetings=[meeting()], sources={"a": undated}).split())
    assert "[1] wire, arrived 2 May 2030. a" in told


def test_the_summary_tells_when_articles_were_published() -> None:
    assert "From 1 article of 2 May 2030: 1 meeting held." in brief(meetings=[meeting()])
    later = {**SOURCE, "article_id": "b", "published_local_date": date(2030, 5, 9)}
    undated = {**SOURCE, "article_id": "c", "published_local_date": None}
    pair = {**PAIR, "n_articles": 3}
    told = whole(pair=pair, sources={"a": SOURCE, "b": later, "c": undated})
    assert "From 3 articles from 2 May 2030 to 9 May 2030 (and 1 without a date):" in told
    assert "From 1 article without a date of publication:" in whole(sources={"c": undated})


def test_sources_are_numbered_as_they_are_cited() -> None:
    sources = {
        "b": {**SOURCE, "article_id": "b", "told_on": date(2030, 5, 1)},
        "a": {**SOURCE, "told_on": date(2030, 5, 9)},
    }
    told = whole(
        meetings=[meeting(), meeting(kind="call", article_ids=["a", "b"])], sources=sources
    )
    assert "Havana. [1]" in told
    assert "[2, 1]" in told


def test_clear_words_where_nothing_is_known() -> None:
    told = brief(pair=None, neighbours={"CUB": ["CUB-ESP"], "IRN": []})
    assert "Nothing is known of Cuba and Iran together: in the 7 articles read so far no" in told
    assert "Known of Cuba: CUB-ESP." in told
    assert "No meeting was found in the articles read." in brief()
    assert "No joint commission was found in the articles read." in brief()


def test_what_is_planned_is_not_counted_as_held() -> None:
    told = brief(
        meetings=[meeting(), meeting(status="planned"), meeting(status="proposed")],
        sessions=[session(status="planned"), session(status="established", ordinal=None)],
    )
    assert (
        "1 meeting held, 2 meetings planned, proposed or cancelled, 1 session planned, proposed or "
        "cancelled." in told
    )


def test_it_says_that_a_program_has_read() -> None:
    assert "Read by a program, which misses things and errs" in brief(meetings=[meeting()])


def test_samples_are_said_to_be_invented() -> None:
    assert "invented" not in brief(meetings=[meeting()])
    told = whole(meetings=[meeting()], sources={"a": {**SOURCE, "is_sample": True}})
    assert told.index("The articles are invented") < told.index("Meetings")


def test_long_lists_are_cut_with_a_word_on_it() -> None:
    rows = [meeting(date=date(2030, 4, day)) for day in range(1, 12)]
    cut, full = whole(meetings=rows, limit=8), whole(meetings=rows, limit=None)
    assert cut.count("took place") == 8
    assert "And 3 more: `--all` shows them." in cut
    assert full.count("took place") == 11


def test_lines_fit_into_a_mail() -> None:
    rows = [meeting(people=[ANA, OMID] * 4, sectors=["trade", "migration", "ict"])]
    assert max(map(len, whole(meetings=rows).splitlines())) <= WIDTH
