"""Every table that Python writes, declared once.

From these declarations come the tables themselves, the column schemas that Dagster shows, and the
test that compares them with dbt's sources. dbt's own models are declared beside their SQL.

Schemas: `raw` holds what came in (never deleted by a run), `facts` what was read from it (an
article's rows are replaced whenever it is read again), `reference` the lexicons that SQL needs.
"""

from __future__ import annotations

from dataclasses import dataclass

PASSAGES = 'STRUCT("start" BIGINT, "end" BIGINT, article_id VARCHAR)[]'
SPANS = 'STRUCT("start" BIGINT, "end" BIGINT)[]'
PARTICIPANTS = 'STRUCT("name" VARCHAR, "role" VARCHAR, country VARCHAR)[]'


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, DuckDB type and meaning."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it stands, what a row is, its columns and the columns that make a row one.

    Without a key nothing is indexed: for tables of many small rows that are only scanned.
    """

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def qualified(self) -> str:
        """Schema and name, as SQL takes them."""
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def ddl(self) -> str:
        """The statement that creates the table where it is missing."""
        columns = ",\n  ".join(f'"{column.name}" {column.type}' for column in self.columns)
        key = ", ".join(f'"{name}"' for name in self.key)
        constraint = f",\n  primary key ({key})" if key else ""
        return f"create table if not exists {self.qualified} (\n  {columns}{constraint}\n)"


_ARTICLE = (
    Column("article_id", "VARCHAR", "The article: its normalised URL, else source, path, record"),
    Column("revision", "INTEGER", "1 for the text as it first came, counted up when it changes"),
)
_ARRIVAL = Column("arrived_on", "DATE", "Day of arrival (UTC): the partition")
_FACT = (
    *_ARTICLE,
    _ARRIVAL,
    Column("id", "VARCHAR", "Id of the fact, unique in the article"),
    Column("rule", "VARCHAR", "The rule or model that made the fact"),
    Column("confidence", "DOUBLE", "Between 0 and 1"),
    Column("extractor_version", "VARCHAR", "Version of the reading rules"),
    Column("evidence_start", "BIGINT", "Where the telling passage begins, in code points"),
    Column("evidence_end", "BIGINT", "Where it ends, exclusive"),
)
_PAIR = Column("pair", "VARCHAR", "Two ISO3 codes in alphabetical order: CUB-IRN")
_START = Column("start", "BIGINT", "Offset of the first character, in code points")
_END = Column("end", "BIGINT", "Offset behind the last character")
_LINKS = (
    Column("meetings", "VARCHAR[]", "Ids of the article's encounters that it belongs to"),
    Column("commissions", "VARCHAR[]", "Ids of the article's sessions that it belongs to"),
)
_PLACE = (
    Column("date", "VARCHAR", "YYYY-MM-DD, YYYY-MM or YYYY, null where the text does not tell"),
    Column("date_end", "VARCHAR", "Last day of a period, null otherwise"),
    Column("city", "VARCHAR", "City of the event, where the text places it"),
    Column("place_country", "VARCHAR", "Country of the event (ISO3)"),
)


def _facts(name: str, description: str, *columns: Column) -> Table:
    return Table("facts", name, description, (*_FACT, *columns), ("article_id", "revision", "id"))


ARTICLES = Table(
    "raw",
    "articles",
    "Every article that came in, one row a revision, as it was read from its bytes.",
    (
        *_ARTICLE,
        Column("source", "VARCHAR", "Name of the source that it came from"),
        Column("doc_id", "VARCHAR", "The name that the source gives it"),
        Column("url", "VARCHAR", "Its address, where known"),
        Column("path", "VARCHAR", "Path of its file below the source's root"),
        Column("record", "INTEGER", "Number of the record in the file, from 1"),
        Column("title", "VARCHAR", "Title, where known"),
        Column("text", "VARCHAR", "The text that all offsets count in"),
        Column("language", "VARCHAR", "ISO 639-1 code of the language found"),
        Column("published_at", "TIMESTAMP", "Time of publication (UTC), where known"),
        Column("published_local_date", "DATE", "Date of publication in the source's time zone"),
        _ARRIVAL,
        Column("fetched_at", "TIMESTAMP", "When this revision was first taken in (UTC)"),
        Column("raw_hash", "VARCHAR", "SHA-256 of the bytes it was read from, kept in raw/"),
        Column("content_hash", "VARCHAR", "SHA-256 of title, date and text: a revision's identity"),
        Column("is_sample", "BOOLEAN", "True for the invented articles shipped with the project"),
        Column("author", "VARCHAR", "Who wrote it, where the source tells"),
        Column("published_precision", "VARCHAR", "How exact the time is: day, minute or second"),
        Column(
            "published_from",
            "VARCHAR",
            "Where the time was told: record, json-ld, meta, time, url or text",
        ),
    ),
    ("article_id", "revision"),
)

QUARANTINE = Table(
    "raw",
    "quarantine",
    "Input that could not be taken as an article, with the reason. Its bytes are kept in raw/.",
    (
        Column("quarantine_id", "VARCHAR", "Short id of the entry"),
        Column("source", "VARCHAR", "Name of the source that it came from"),
        Column("path", "VARCHAR", "Path of the file below the source's root"),
        Column("record", "INTEGER", "Number of the record in the file, null for a whole file"),
        Column("reason", "VARCHAR", "One word for the reason: bad_json_line, empty_text, ..."),
        Column("detail", "VARCHAR", "The reason in a sentence, with what to do"),
        Column("size_bytes", "BIGINT", "Size of the file or record"),
        Column("raw_hash", "VARCHAR", "SHA-256 of the bytes, null where they could not be read"),
        _ARRIVAL,
        Column("resolved_on", "DATE", "Day on which the same place gave a good article"),
        Column("parser_version", "VARCHAR", "Version of the parser that set it aside last"),
    ),
    ("quarantine_id",),
)

TOMBSTONES = Table(
    "raw",
    "tombstones",
    "What was forgotten or dropped, so that it never comes in again: hashes, no text, no title.",
    (
        Column("tombstone_id", "VARCHAR", "SHA-256 of the id of what is gone, with its kind"),
        Column("kind", "VARCHAR", "article, or set_aside for an entry of the quarantine"),
        Column("source", "VARCHAR", "Name of the source that it came from"),
        Column("reason", "VARCHAR", "Why, in the words of whoever removed it"),
        Column("forgotten_on", "DATE", "Day on which it was removed"),
        Column("content_hashes", "VARCHAR[]", "SHA-256 of title, date and text of its revisions"),
        Column("text_hashes", "VARCHAR[]", "SHA-256 of the words of the texts of its revisions"),
        Column("raw_hashes", "VARCHAR[]", "SHA-256 of files that held nothing else"),
        Column("size_bytes", "BIGINT", "Size of an entry of the quarantine; null for an article"),
        Column("purged_on", "DATE", "Day on which the last copy in database files was overwritten"),
    ),
    ("tombstone_id",),
)

NEAR_COPIES = Table(
    "raw",
    "near_copies",
    "Every article that was compared with those before it, and the report that it is a copy of.",
    (
        *_ARTICLE,
        Column("first_id", "VARCHAR", "First report of its group; null where it is no copy"),
        Column("copy_of", "VARCHAR", "The earliest article that it is a near copy of"),
        Column("jaccard", "DOUBLE", "Exact likeness to that article, from 0.8 to 1"),
        Column("passages", PASSAGES, "What the first report lacks, and who told it first"),
        Column("first_arrived_on", "DATE", "Day on which its first revision arrived (UTC)"),
        Column("first_fetched_at", "TIMESTAMP", "When its first revision was taken in (UTC)"),
        Column("method", "VARCHAR", "How its bands were made"),
        Column("is_settled", "BOOLEAN", "False where its group changed: the next run compares it"),
    ),
    ("article_id", "revision"),
)

COPY_BANDS = Table(
    "raw",
    "copy_bands",
    "Keys under which near copies meet: articles that share one are compared with each other.",
    (
        Column("band_key", "UBIGINT", "Hash of a band of the text's MinHash signature"),
        *_ARTICLE,
    ),
    (),
)

READINGS = Table(
    "facts",
    "readings",
    "Which revision was read with which version of the rules: what is stale, and what is not.",
    (
        *_ARTICLE,
        _ARRIVAL,
        Column("content_hash", "VARCHAR", "SHA-256 of what was read"),
        Column("extractor_version", "VARCHAR", "Version of the reading rules"),
        Column("n_words", "INTEGER", "Number of words of the text"),
        Column("error", "VARCHAR", "Why the article could not be read; null where it was"),
        Column("turned_away", "BOOLEAN", "Whether the gate left it unread: it holds no such fact"),
    ),
    ("article_id", "revision"),
)

ENTITIES = _facts(
    "entities",
    "Mentions of people, organisations, places, nationalities, dates and bodies.",
    _START,
    _END,
    Column("text", "VARCHAR", "The characters of the mention"),
    Column("type", "VARCHAR", "PERSON, ORG, GPE, NORP, LOC, DATE or BODY"),
    Column("entity", "VARCHAR", "What it resolves to: ISO3, full name, ISO date or body"),
    Column("country", "VARCHAR", "Its country (ISO3)"),
)

PEOPLE = _facts(
    "people",
    "The people that an article names, one row each.",
    Column("name", "VARCHAR", "The fullest form of the name in the text"),
    Column("role", "VARCHAR", "Office, as in the text"),
    Column("organisation", "VARCHAR", "Ministry or other organisation"),
    Column("country", "VARCHAR", "Country that the person acts for (ISO3)"),
    Column("level", "VARCHAR", "Rank of the office: leader, minister, ..."),
)

QUOTES = _facts(
    "quotes",
    "Attributed speech: who said what.",
    _START,
    _END,
    Column("text", "VARCHAR", "The exact characters; direct speech with its marks"),
    Column("kind", "VARCHAR", "direct, indirect or mixed"),
    Column("parts", SPANS, "The spans of speech that is interrupted"),
    Column("speaker", "VARCHAR", "Full name of the speaker, else the role"),
    Column("speakers", "VARCHAR[]", "The speakers, where there are several"),
    Column("speaker_role", "VARCHAR", "Office of the speaker"),
    Column("speaker_country", "VARCHAR", "Country of the speaker (ISO3)"),
    Column("cue", "VARCHAR", "The word that attributes the speech"),
    Column("cue_start", "BIGINT", "Offset of the cue"),
    Column("cue_end", "BIGINT", "Offset behind the cue"),
    Column("polarity", "VARCHAR", "asserted, negated or hypothetical"),
    *_LINKS,
)

MEETINGS = _facts(
    "meetings",
    "Encounters as an article tells them, one row a pair of countries.",
    _PAIR,
    Column(
        "kind", "VARCHAR", "talks, visit, call, video, negotiation, consultation, signing, other"
    ),
    Column("status", "VARCHAR", "held, ongoing, planned, proposed or cancelled"),
    *_PLACE,
    Column("host_country", "VARCHAR", "Country of the host (ISO3)"),
    Column("level", "VARCHAR", "Rank of the highest person on the lower-ranked side"),
    Column("multilateral", "BOOLEAN", "True where five or more countries take part"),
    Column("participants", PARTICIPANTS, "Who took part: name, role, country"),
    Column("parent", "VARCHAR", "Id of the visit that the talks were part of"),
    Column("encounter", "VARCHAR", "Id shared by the pairs of one encounter"),
)

COMMISSIONS = _facts(
    "commissions",
    "Sessions of standing bilateral bodies as an article tells them.",
    _PAIR,
    Column("name", "VARCHAR", "Name of the body, as in the text"),
    Column("ordinal", "INTEGER", "Number of the session"),
    Column(
        "status", "VARCHAR", "held, ongoing, planned, proposed, cancelled, established, mentioned"
    ),
    *_PLACE,
    Column("co_chairs", "VARCHAR[]", "Names of those who chaired it"),
    Column("sectors", "VARCHAR[]", "Sectors that its name and agenda give"),
)

SECTOR_MENTIONS = _facts(
    "sector_mentions",
    "Places in the text that name a sector of cooperation of a pair.",
    _PAIR,
    Column("sector", "VARCHAR", "Code of the sector"),
    Column("stance", "VARCHAR", "agreed, existing, proposed, discussed or obstacle"),
    _START,
    _END,
    *_LINKS,
)

SECTORS = _facts(
    "sectors",
    "The roll-up of the sector mentions of an article, one row a pair and sector.",
    _PAIR,
    Column("sector", "VARCHAR", "Code of the sector"),
    Column("stance", "VARCHAR", "The strongest stance of the mentions"),
)

AGREEMENTS = _facts(
    "agreements",
    "Documents that two countries signed, have in force, plan or propose.",
    _PAIR,
    Column("kind", "VARCHAR", "treaty, agreement, mou, declaration, protocol, contract, ..."),
    Column("status", "VARCHAR", "signed, in_force, planned or proposed"),
    Column("title", "VARCHAR", "Title, as in the text"),
    Column("sectors", "VARCHAR[]", "Sectors that it is about"),
    Column("date", "VARCHAR", "YYYY-MM-DD, YYYY-MM or YYYY, null where the text does not tell"),
    *_LINKS,
)

COUNTRIES = Table(
    "reference",
    "countries",
    "Country codes and their English names, from the project's lexicon.",
    (
        Column("iso3", "VARCHAR", "ISO 3166-1 alpha-3 code"),
        Column("name", "VARCHAR", "English short name"),
        Column("words", "VARCHAR[]", "All its names, adjectives and words for its people"),
    ),
    ("iso3",),
)

SECTOR_CODES = Table(
    "reference",
    "sectors",
    "The sectors of cooperation, with their OECD DAC CRS purpose codes.",
    (
        Column("sector", "VARCHAR", "Code of the sector"),
        Column("label", "VARCHAR", "English label"),
        Column("crs_codes", "VARCHAR[]", "OECD DAC CRS purpose codes that correspond"),
    ),
    ("sector",),
)

SOURCES = Table(
    "reference",
    "sources",
    "The sources as the settings name them, switched on or not: what of them may be published.",
    (
        Column("source", "VARCHAR", "Name of the source"),
        Column(
            "publish_text", "VARCHAR", "full, sentences or none: what of its texts is published"
        ),
        Column("terms", "VARCHAR", "Its terms of use, as the settings note them"),
        Column("licence", "VARCHAR", "A note on the licence of its texts"),
    ),
    ("source",),
)

FACT_TABLES: dict[str, Table] = {
    "entities": ENTITIES,
    "people": PEOPLE,
    "quotes": QUOTES,
    "meetings": MEETINGS,
    "commissions": COMMISSIONS,
    "sectors": SECTORS,
    "sector_mentions": SECTOR_MENTIONS,
    "agreements": AGREEMENTS,
}
"""The table of each list of `ArticleFacts`."""

TABLES: tuple[Table, ...] = (
    ARTICLES,
    QUARANTINE,
    TOMBSTONES,
    NEAR_COPIES,
    COPY_BANDS,
    READINGS,
    *FACT_TABLES.values(),
    COUNTRIES,
    SECTOR_CODES,
    SOURCES,
)
