"""An agency report on one country pair, told as agencies tell: a visit, talks and a commission.

The text is invented. It has what such reports have: an office without a name first, the name
later, a visit that places the session, direct speech after stacked cues, and no date at all.
Another agency has sent it on, without the dateline and with a paragraph of its own.
"""

from __future__ import annotations

import duckdb
import pytest

from tests.conftest import Installation
from warehouse.home import Home

TEXT = """Windhoek (IA) - Receiving the Lao Deputy Prime Minister on the terrace of State House, \
the President of the Republic of Namibia stressed that friendship with Southeast Asia was no \
luxury for Namibia.

Lao Deputy Prime Minister Bounmy Sengdara is leading a delegation of forty to Windhoek, where he \
met with President Selma Haufiku Amutenya and attended the 4th session of the Joint Commission on \
Technical Cooperation. The visit of the Lao guest is his first to southern Africa.

At the meeting, President Amutenya described ties between Windhoek and Vientiane as brotherly and \
added that the two countries should work together in the fields of mining, agriculture and tourism.

Amutenya also voiced satisfaction with the work of the Joint Commission, adding: "Our two \
countries can do far more together in the field of education."

Bounmy Sengdara, calling Namibia an old friend, added: "We have come a long way, and we have come \
with open hands."
"""


ADDED = (
    "Namibian Trade Minister Petrus Nangolo met with Angolan Trade Minister Rosa Kiala in Luanda "
    'on 3 March 2024. "Our fishermen are waiting for their market," Nangolo said.'
)
COPY = TEXT.removeprefix("Windhoek (IA) - ").replace("friendship", "a friendship") + ADDED


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("agencies") / "wire"
    folder.mkdir()
    (folder / "report.txt").write_text(TEXT)
    (folder / "resold.txt").write_text(COPY)
    (folder / "unnamed.txt").write_text(ADDED)
    installed = Installation(Home(folder.parent / "home"))
    summary = installed.run(str(folder / "report.txt"), str(folder / "resold.txt"))
    assert summary["articles"]["new"] == 2
    return installed


def test_only_the_named_files_were_read(report: Installation) -> None:
    assert report.query("select distinct source, is_sample from articles") == [("files", False)]


def test_the_copy_is_linked_to_the_first_report(report: Installation) -> None:
    assert report.query("select article_id, duplicate_of from articles order by 1") == [
        ("files/wire/report.txt#1", None),
        ("files/wire/resold.txt#1", "files/wire/report.txt#1"),
    ]


def test_the_copy_counts_as_a_report_and_doubles_nothing(report: Installation) -> None:
    assert report.query(
        "select pair_id, kind, n_articles from meetings where pair_id = 'LAO-NAM' order by 2"
    ) == [("LAO-NAM", "talks", 2), ("LAO-NAM", "visit", 2)]
    assert report.query("select n_articles from commissions") == [(2,)]
    assert report.query(
        "select distinct n_articles from cooperation_sectors where pair_id = 'LAO-NAM'"
    ) == [(2,)]
    told = report.query('select text, count(*) from quotes group by 1 order by min("start")')
    assert told
    assert all(times == 1 for _, times in told), told
    with duckdb.connect(str(report.home.build_database), read_only=True) as connection:
        [(mentions,)] = connection.execute(
            "select count(*) from facts.sector_mentions "
            "where article_id = 'files/wire/report.txt#1' and pair = 'LAO-NAM'"
        ).fetchall()
    assert report.query(
        "select sum(n_mentions) from cooperation_sectors where pair_id = 'LAO-NAM'"
    ) == [(mentions,)]
    assert report.query("select n_quotes from officials where name = 'Bounmy Sengdara'") == [(1,)]


def test_what_only_the_copy_tells_is_not_lost(report: Installation) -> None:
    assert report.query(
        "select kind, date::varchar, n_articles from meetings where pair_id = 'AGO-NAM'"
    ) == [("talks", "2024-03-03", 1)]
    quotes = report.query(
        'select speaker, "start", "end", text from quotes where article_id like \'%resold%\''
    )
    assert [row[0] for row in quotes] == ["Petrus Nangolo"]
    for _, start, end, text in quotes:
        assert COPY[start:end] == text
    mentions = report.query(
        "select \"start\", text from entity_mentions where article_id like '%resold%'"
    )
    assert {"Rosa Kiala", "Luanda"} <= {text for _, text in mentions}
    assert all(start >= COPY.index(ADDED) for start, _ in mentions)


def test_talks_and_visit_are_two_meetings_without_an_invented_date(report: Installation) -> None:
    assert report.query(
        "select pair_id, kind, status, date, place_country, city, level from meetings "
        "where pair_id = 'LAO-NAM' order by kind"
    ) == [
        ("LAO-NAM", "talks", "held", None, "NAM", "Windhoek", "deputy_leader"),
        ("LAO-NAM", "visit", "ongoing", None, "NAM", "Windhoek", "deputy_leader"),
    ]
    (talks,) = report.query(
        "select participants from meetings where pair_id = 'LAO-NAM' and kind = 'talks'"
    )
    assert set(talks[0]) == {"Selma Haufiku Amutenya", "Bounmy Sengdara"}


def test_the_session_is_a_session_and_no_meeting(report: Installation) -> None:
    assert report.query("select pair_id, ordinal, status, date, city, body from commissions") == [
        (
            "LAO-NAM",
            4,
            "held",
            None,
            "Windhoek",
            "Joint Commission on Technical Cooperation",
        )
    ]


def test_sectors_come_from_the_fields_named(report: Installation) -> None:
    sectors = {row[0] for row in report.query("select sector from cooperation_sectors")}
    assert sectors >= {"mining", "agriculture", "tourism", "education"}


def test_direct_speech_has_its_speaker(report: Installation) -> None:
    said = report.query(
        "select speaker, text from quotes where kind = 'direct' and article_id like '%report.txt%' "
        "order by start"
    )
    assert [speaker for speaker, _ in said] == ["Selma Haufiku Amutenya", "Bounmy Sengdara"]
    assert said[1][1] == '"We have come a long way, and we have come with open hands."'


def test_the_pair_sums_it_up(report: Installation) -> None:
    assert report.query(
        "select pair_id, name_a, name_b, n_meetings, n_commission_sessions, n_articles, first_date "
        "from country_pairs where pair_id = 'LAO-NAM'"
    ) == [("LAO-NAM", "Laos", "Namibia", 2, 1, 2, None)]
