"""Which tokens a row must hold: the one place where SQLite and PostgreSQL differ.

PostgreSQL keeps the tokens of a row as a `tsvector` under a GIN index, SQLite as text under an FTS5 table. Both are
asked nothing but whether a token is there: order, ranking and phrases are the same Python on both.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Lookup

TABLE, FULL_TEXT, MARKS = "search_indexentry", "search_words", "^+=~#_.-"
PREPARE = {
    "postgresql": [f"CREATE INDEX IF NOT EXISTS entry_words ON {TABLE} USING gin (words)"],
    "sqlite": [
        f"""CREATE VIRTUAL TABLE IF NOT EXISTS {FULL_TEXT} USING fts5(words, content='{TABLE}', content_rowid='id',
        tokenize="ascii tokenchars '{MARKS}'", detail='none', columnsize=0)""",
        f"""CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_added AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {FULL_TEXT} (rowid, words) VALUES (new.id, new.words); END""",
        f"""CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_removed AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rowid, words) VALUES ('delete', old.id, old.words); END""",
        f"""CREATE TRIGGER IF NOT EXISTS {FULL_TEXT}_changed AFTER UPDATE OF words ON {TABLE} BEGIN
        INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO {FULL_TEXT} (rowid, words) VALUES (new.id, new.words); END""",
    ],
}


@dataclass(frozen=True)
class Token:
    """`begins`: any token that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True)
class Every:
    parts: tuple


@dataclass(frozen=True)
class Some:
    parts: tuple


def every(*parts):
    return Every(tuple(parts))


def some(*parts):
    return Some(tuple(parts))


def _render(expression, quote, beginning, joints):
    if isinstance(expression, Token):
        # words hold letters and digits only, so nothing in them can end the quotation
        return f"{quote}{expression.text}{quote}{beginning if expression.begins else ''}"
    joint = joints[type(expression)]
    return f"({joint.join(_render(part, quote, beginning, joints) for part in expression.parts)})"


class WordsField(models.Field):
    """The tokens of a row, separated by blanks; look them up with `match`."""

    def db_type(self, connection):
        return {"postgresql": "tsvector"}.get(connection.vendor, "text")


def tokens_in(value):
    """The tokens of a column as it was written or as it was read: PostgreSQL shows them quoted."""
    return set(value.replace("'", "").split())


@WordsField.register_lookup
class Match(Lookup):
    lookup_name = "match"

    def get_prep_lookup(self):
        return self.rhs

    def as_postgresql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*parameters, _render(self.rhs, "'", ":*", {Every: " & ", Some: " | "})]

    def as_sqlite(self, compiler, connection):
        alias = connection.ops.quote_name(self.lhs.alias)
        found = f"SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s"
        return f"{alias}.id IN ({found})", [_render(self.rhs, '"', "*", {Every: " AND ", Some: " OR "})]


def prepare():
    """Makes what answers `match` where it is missing: SQLite drops triggers when a migration builds the table anew."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        known = _known(cursor)
        for statement in PREPARE[connection.vendor]:
            cursor.execute(statement)
        if _known(cursor) != known:
            refresh()


def _known(cursor):
    """How much of SQLite's full-text table is there; nothing on PostgreSQL, whose index is made of the rows."""
    if connection.vendor != "sqlite":
        return 0
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE %s", [f"{FULL_TEXT}%"])
    return cursor.fetchone()[0]


def refresh():
    """Fills SQLite's full-text table from the rows: one that does not know a row cannot forget it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('rebuild')")


def is_intact():
    """Whether SQLite's full-text table says what the rows say. PostgreSQL's index cannot differ from its table."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            return False
    return True


@contextmanager
def through_the_index():
    """Keeps PostgreSQL to its GIN index: misled by its estimates it would read a million rows by date.

    On SQLite a transaction would wait for whoever is writing, and a search does not write.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off")
        yield


@contextmanager
def without_waiting():
    """A transaction that gives up where it would have to wait for another one. Raises DatabaseError then."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 50")
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    cursor.execute("SET LOCAL lock_timeout = '50ms'")
                yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {connection.settings_dict['OPTIONS'].get('timeout', 5) * 1000}")
