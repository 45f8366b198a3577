from __future__ import annotations

import pytest

from pipelines.sources.language import identify_language


@pytest.mark.parametrize(
    "text",
    [
        "The two sides agreed to hold the next session of the commission in Hanoi.",
        "Talks held.",
        "Consulates-general in São Paulo, Rio de Janeiro, Curitiba and Belém were opened by the "
        "ministry, with a fifth to follow.",
    ],
)
def test_english_is_english(text: str) -> None:
    assert identify_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El ministro de Relaciones Exteriores se reunió con su homólogo en La Habana.", "es"),
        ("Der Außenminister traf am Dienstag in Berlin seinen Amtskollegen aus Ghana.", "de"),
        ("Le ministre des Affaires étrangères a rencontré son homologue à Dakar.", "fr"),
        ("Министр иностранных дел провёл переговоры со своим коллегой.", "ru"),
        ("Menteri Luar Negeri bertemu dengan mitranya di Jakarta pada hari Selasa.", "id"),
    ],
)
def test_other_languages_are_told(text: str, code: str) -> None:
    assert identify_language(text) == code
