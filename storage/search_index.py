"""The index of all words, made of the database's own means: FTS5 on SQLite, a tsvector on PostgreSQL.

One text an article is indexed: title and text of its latest revision, and what its files say, one after the other. It is
indexed three times: `plain` without marks, `exact` as written, and `facets`, words that say of which portal and day it
is, so that a narrowed search is still one look into the index. Triggers keep it in step: any writer is a good one.

SQLite's index takes its text from the view when it forgets an article, so a trigger has it forgotten *before* each change
and learnt again *after* it. PostgreSQL's knows no places: two words in a row are a word of their own ("doi so"), since
its places end at the 16,383rd word and at the 256th time that one is said.
"""

# ruff: noqa: S608 (made of constants only)

from __future__ import annotations

from sqlalchemy import Connection

MOST_LETTERS = 60
"""Of a word, on PostgreSQL: longer ones are told apart by their beginnings."""
# What PostgreSQL takes for a gap; its own classes of letters are those of the locale, and "C" knows no ă.
_GAP = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u02c2-\u02c5\u0300-\u036f\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e"
    r"\u2e30-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ud7fc-\uf8ff\ufe00-\ufe6f\ufeff-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff]+"
)
_SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_LATEST = "SELECT max(number) FROM revisions WHERE article_id = articles.id"


def create_index(connection: Connection) -> None:
    """Make the view, the index of what the tables hold now, and the triggers."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


# --- SQLite ---


def _files_on_sqlite(column: str) -> str:
    return f"""coalesce(char(10) || (SELECT group_concat(said, char(10)) FROM (
        SELECT files.{column} AS said FROM revision_files JOIN files ON files.hash = revision_files.file
        WHERE revision_files.revision_id = revisions.id ORDER BY revision_files.place)), '')"""


_VIEW_ON_SQLITE = f"""
CREATE VIEW searchable AS SELECT id, plain, exact,
    'p' || hex(portal) || ' y' || substr(day, 1, 4) || ' m' || substr(day, 1, 6) || ' d' || day AS facets
FROM (SELECT articles.id AS id, articles.portal AS portal,
    replace(coalesce(substr(revisions.published, 1, 10), date(articles.first_seen, '+7 hours')), '-', '') AS day,
    revisions.folded || {_files_on_sqlite("folded")} AS plain,
    revisions.title || char(10) || revisions.text || {_files_on_sqlite("text")} AS exact
FROM articles JOIN revisions ON revisions.article_id = articles.id AND revisions.number = ({_LATEST}))
"""

# Each: the table, what happens to it, and which articles that touches.
_OF_REVISION = "SELECT article_id FROM revisions WHERE id = {row}.revision_id"
_OF_FILE = (
    "SELECT revisions.article_id FROM revision_files JOIN revisions ON revisions.id = revision_files.revision_id"
    " WHERE revision_files.file = {row}.hash"
)
_TOUCHED = (
    ("revisions", "article_id, number, title, text, folded, published", "{row}.article_id"),
    ("revision_files", "revision_id, place, file", _OF_REVISION),
)
_COLUMNS = "plain, exact, facets"


def _triggers_on_sqlite() -> list[str]:
    made = []
    for table, columns, ids in _TOUCHED:
        for happens, rows in (("INSERT", ["NEW"]), ("DELETE", ["OLD"]), (f"UPDATE OF {columns}", ["OLD", "NEW"])):
            made += _around(table, happens, " UNION ".join(_selected(ids.format(row=row)) for row in rows))
    # No revision has a file that is not there, nor an article that is not.
    made += _around("files", "UPDATE OF text, folded", _OF_FILE.format(row="OLD"))
    made += _around("articles", "UPDATE OF portal, first_seen", "SELECT OLD.id")
    return made


def _selected(ids: str) -> str:
    return ids if ids.startswith("SELECT") else f"SELECT {ids}"


def _around(table: str, happens: str, touched: str) -> list[str]:
    name = f"searched_{table}_{happens.split()[0].lower()}"
    return [
        f"CREATE TRIGGER {name}_before BEFORE {happens} ON {table} BEGIN"
        f" DELETE FROM searched WHERE rowid IN ({touched}); END",
        f"CREATE TRIGGER {name}_after AFTER {happens} ON {table} BEGIN"
        f" INSERT INTO searched (rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM searchable WHERE id IN ({touched}); END",
    ]


_SQLITE = [
    _VIEW_ON_SQLITE,
    f"CREATE VIRTUAL TABLE searched USING fts5 ({_COLUMNS}, content='searchable', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0', prefix='2')",
    "INSERT INTO searched (searched) VALUES ('rebuild')",
    *_triggers_on_sqlite(),
]


# --- PostgreSQL ---


def _files_on_postgresql(column: str) -> str:
    return f"""coalesce(chr(10) || (SELECT string_agg(files.{column}, chr(10) ORDER BY revision_files.place)
        FROM revision_files JOIN files ON files.hash = revision_files.file
        WHERE revision_files.revision_id = revisions.id), '')"""


_VIEW_ON_POSTGRESQL = f"""
CREATE VIEW searchable AS SELECT id, plain, exact,
    ARRAY['p' || portal, 'y' || substr(day, 1, 4), 'm' || substr(day, 1, 6), 'd' || day] AS facets
FROM (SELECT articles.id AS id, articles.portal AS portal,
    replace(coalesce(substr(revisions.published, 1, 10),
        to_char(articles.first_seen AT TIME ZONE INTERVAL '7 hours', 'YYYY-MM-DD')), '-', '') AS day,
    revisions.folded || {_files_on_postgresql("folded")} AS plain,
    revisions.title || chr(10) || revisions.text || {_files_on_postgresql("text")} AS exact
FROM articles JOIN revisions ON revisions.article_id = articles.id AND revisions.number = ({_LATEST})) AS latest
"""

# A tsvector holds 1 MB of different words; of what is longer, single words go before pairs.
_WORDS = f"""
CREATE FUNCTION portalwatch_words(plain text, exact text, facets text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH words AS (
        SELECT place, left(word, {MOST_LETTERS}) AS word,
            lead(left(word, {MOST_LETTERS})) OVER (ORDER BY place) AS next
        FROM string_to_table(regexp_replace(plain, '{_GAP}', ' ', 'g'), ' ') WITH ORDINALITY AS piece (word, place)
        WHERE word <> ''
    ), lexemes AS (
        SELECT 0 AS rank, 0 AS place, '@' || unnest(facets) AS lexeme
        UNION ALL SELECT 1, place, word FROM words
        UNION ALL SELECT 2, place, '=' || left(word, {MOST_LETTERS})
            FROM string_to_table(regexp_replace(
                translate(lower(exact), '{_SMALL.upper()}', '{_SMALL}'), '{_GAP}', ' ', 'g'), ' ') WITH ORDINALITY AS piece (word, place)
            WHERE word <> ''
        UNION ALL SELECT 3, place, word || ' ' || next FROM words WHERE next IS NOT NULL
    )
    SELECT coalesce(array_to_tsvector(array_agg(lexeme)), ''::tsvector)
    FROM (SELECT lexeme, sum(octet_length(lexeme)) OVER (ORDER BY rank, min(place), lexeme) AS size
        FROM lexemes GROUP BY rank, lexeme) AS counted
    WHERE size < 1000000
$$
"""

_TRIGGER_FUNCTION = """
CREATE FUNCTION portalwatch_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched integer[];
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'revisions' THEN
        touched := ARRAY[OLD.article_id, NEW.article_id];
    WHEN 'revision_files' THEN
        touched := ARRAY(SELECT article_id FROM revisions WHERE id IN (OLD.revision_id, NEW.revision_id));
    WHEN 'files' THEN
        touched := ARRAY(SELECT revisions.article_id FROM revision_files
            JOIN revisions ON revisions.id = revision_files.revision_id WHERE revision_files.file = OLD.hash);
    ELSE
        touched := ARRAY[OLD.id];
    END CASE;
    DELETE FROM searched WHERE article_id = ANY(touched)
        AND NOT EXISTS (SELECT FROM revisions WHERE revisions.article_id = searched.article_id);
    INSERT INTO searched (article_id, words)
        SELECT id, portalwatch_words(plain, exact, facets) FROM searchable WHERE id = ANY(touched)
        ON CONFLICT (article_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$
"""


def _triggers_on_postgresql() -> list[str]:
    happens = [
        *((table, f"INSERT OR DELETE OR UPDATE OF {columns}") for table, columns, _ in _TOUCHED),
        ("files", "UPDATE OF text, folded"),
        ("articles", "UPDATE OF portal, first_seen"),
    ]
    return [
        f"CREATE TRIGGER searched_{table} AFTER {what} ON {table} FOR EACH ROW EXECUTE FUNCTION portalwatch_search()"
        for table, what in happens
    ]


_POSTGRESQL = [
    _VIEW_ON_POSTGRESQL,
    _WORDS,
    _TRIGGER_FUNCTION,
    # The words lie outside of the table's own pages: to gather the ids of a frequent word few pages are read.
    "CREATE TABLE searched (article_id integer PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
    " words tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    "INSERT INTO searched SELECT id, portalwatch_words(plain, exact, facets) FROM searchable",
    "CREATE INDEX ix_searched_words ON searched USING gin (words)",
    *_triggers_on_postgresql(),
]
