"""Where a text was written: the country of its publisher or agency, by name and address.

Who writes from Lima names the ministers of Peru without saying so.

What belongs here: addresses of publishers, and names of national agencies in a dateline. What does
not: what an article is about (`home`), and agencies of the whole world, which have no side.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from pipelines.lexicons import read_lexicon

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}$")
_WORLD_AGENCIES = frozenset(
    {"Reuters", "AP", "AFP", "UPI", "dpa", "DPA", "Bloomberg", "BBC", "CNN"}
)
_NAME = re.compile(r"[^\W_][\w.'-]*(?: [^\W_][\w.'-]*){0,3}")


def publisher_country(address: str | None) -> str | None:
    """Return the ISO3 code of the country that a web address belongs to, None where none is told.

    Takes `https://mfa.gov.pe/notas/1` or a bare host; a path of a file gives None.
    """
    text = (address or "").strip().lower()
    bare = text.split("/", 1)[0].split(":", 1)[0]
    if "://" not in text and (_HOST.match(bare) is None or not _is_host(bare)):
        return None  # 'story.in' is a file
    try:
        host = (urlsplit(text if "://" in text else f"https://{text}").hostname or "").rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    known = _hosts()
    for start in range(len(labels)):
        country = known.get(".".join(labels[start:]))
        if country is not None:
            return country
    return None


def names_world_agency(dateline: str) -> bool:
    """Whether a dateline names an agency that reports from everywhere for everybody."""
    return any(match.group() in _WORLD_AGENCIES for match in _NAME.finditer(dateline))


def _is_host(name: str) -> bool:
    """Whether a bare name is a host for sure: 'mfa.gov.pe', 'www.andina.pe', a known paper."""
    return name.count(".") > 1 or name in _hosts()


def agency_country(dateline: str) -> str | None:
    """Return the ISO3 code of the national agency that a dateline names: `BAKU (IRNA) -` is IRN."""
    for match in _NAME.finditer(dateline):
        words = match.group().split(" ")
        for size in range(len(words), 0, -1):
            for first in range(len(words) - size + 1):
                country = _agencies().get(" ".join(words[first : first + size]).rstrip("."))
                if country is not None:
                    return country
    return None


@cache
def _hosts() -> dict[str, str]:
    hosts = {entry["domain"]: entry["iso3"] for entry in read_lexicon("domains")}
    for entry in read_lexicon("agencies"):
        hosts |= {host: entry["iso3"] for host in entry["hosts"].split("|") if host}
    return hosts


@cache
def _agencies() -> dict[str, str]:
    return {entry["name"]: entry["iso3"] for entry in read_lexicon("agencies")}
