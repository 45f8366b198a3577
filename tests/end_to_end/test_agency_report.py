"""An agency report on one country pair, told as agencies tell: a visit, talks and a commission.

The text is invented. It has what such reports have: an office without a name first, the name
later, a visit that places the session, direct speech after stacked cues, and no date at all.
"""

from __future__ import annotations

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


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("report")
    (folder / "report.txt").write_text(TEXT)
    installed = Installation(Home(folder / "home"))
    summary = installed.run(str(folder / "report.txt"))
    assert summary["articles"]["new"] == 1
    return installed


def test_only_the_named_file_was_read(report: Installation) -> None:
    assert report.query("select source, is_sample from articles") == [("files", False)]


def test_talks_and_visit_are_two_meetings_without_an_invented_date(report: Installation) -> None:
    assert report.query(
        "select pair_id, kind, status, date, place_country, city, level from meetings order by kind"
    ) == [
        ("LAO-NAM", "talks", "held", None, "NAM", "Windhoek", "deputy_leader"),
        ("LAO-NAM", "visit", "ongoing", None, "NAM", "Windhoek", "deputy_leader"),
    ]
    (talks,) = report.query("select participants from meetings where kind = 'talks'")
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
    said = report.query("select speaker, text from quotes where kind = 'direct' order by start")
    assert [speaker for speaker, _ in said] == ["Selma Haufiku Amutenya", "Bounmy Sengdara"]
    assert said[1][1] == '"We have come a long way, and we have come with open hands."'


def test_the_pair_sums_it_up(report: Installation) -> None:
    assert report.query(
        "select pair_id, name_a, name_b, n_meetings, n_commission_sessions, n_articles, first_date "
        "from country_pairs"
    ) == [("LAO-NAM", "Laos", "Namibia", 2, 1, 1, None)]
