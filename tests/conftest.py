"""What many tests stand on: a moment, a store, a folder of configuration, and receivers that are really there."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import structlog
from postgres import Server
from sqlalchemy import Engine

from config import Configuration
from config.language import speak, speaking
from storage import Store, open_store
from storage.engine import open_engine
from storage.tables import Table

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # a Sunday, ten in the morning in Hanoi


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and so would every command that a test starts."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """A command that a test calls in this process starts its logs: the next test has them as they were."""
    root, rooms = logging.getLogger(), [logging.getLogger(room) for room in ("config", "storage", "crawler", "monitor")]
    handlers, levels = list(root.handlers), [(logger, logger.level) for logger in (root, *rooms)]
    structured = structlog.get_config() if structlog.is_configured() else None
    yield
    if (structlog.get_config() if structlog.is_configured() else None) != structured:
        root.handlers[:] = handlers
        for logger, level in levels:
            logger.setLevel(level)
        if structured is None:
            structlog.reset_defaults()
        else:
            structlog.configure(**structured)


# Tests of one file that share what is dear to set up, or that must not run at once, run in one process.
TOGETHER = ("tests/gate/test_gate_connections.py", "tests/whole/test_saved_site.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """xdist's own marks of groups are passed over since pytest 9.2 (pytest-dev/pytest-xdist#1386)."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path: str = nodeid.partition("::")[0]
            return path if path in TOGETHER else nodeid

    return Scheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow tests first where several processes share them: at the end, one would work and the others wait."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


# --- the two kinds of store ---


@dataclass(frozen=True)
class Databases:
    """Where a test's databases are: files of its own on SQLite, a real server of this process on PostgreSQL."""

    kind: str
    url: str
    """The test's own database, of this version and empty."""
    engine: Engine
    """An engine on it; one for all tests of a process, since compiling SQL anew takes 0.1 s a test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgresql", "both"], default="both", help="the stores to test on"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = metafunc.config.getoption("--database")
    both = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
    if "database_kind" in metafunc.fixturenames:
        # The whole program is run on both only where the store has a part in what is tested: it takes its time.
        one = (
            chosen == "both"
            and "new_house" in metafunc.fixturenames
            and not metafunc.definition.get_closest_marker("stores")
        )
        metafunc.parametrize("database_kind", both[:1] if one else both, scope="session")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A SQLite database with all its tables and nothing in them: migrated once, copied for every test."""
    folder = tmp_path_factory.mktemp("empty")
    open_store(f"sqlite:///{folder}/empty.db", folder).close()
    return (folder / "empty.db").read_bytes()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server that ends with this process, with a database of this version and nothing in it."""
    # Not where pytest has its folders: any further run of pytest closes those to the server's own user.
    with tempfile.TemporaryDirectory(prefix="portalwatch-pg-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "pg", durable=False)
        open_store(server.create("portalwatch"), tmp_path_factory.mktemp("pg-data")).close()
        yield server
        server.end()


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_engine(f"sqlite:///{tmp_path_factory.mktemp('engine')}/current.db")


@pytest.fixture(scope="session")
def postgresql_engine(server: Server) -> Iterator[Engine]:
    engine = open_engine(server.url("portalwatch"))
    yield engine
    engine.dispose()


@pytest.fixture
def databases(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Databases:
    """An empty database of each kind in turn."""
    if database_kind == "postgresql":
        engine: Engine = request.getfixturevalue("postgresql_engine")
        server: Server = request.getfixturevalue("server")
        with engine.begin() as connection:
            tables = ", ".join(table.name for table in Table.metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        return Databases(database_kind, server.url("portalwatch"), engine)
    path = tmp_path / "portalwatch.db"
    path.write_bytes(request.getfixturevalue("empty_database"))
    engine = request.getfixturevalue("sqlite_engine")
    link = Path(str(engine.url.database))
    link.unlink(missing_ok=True)
    link.symlink_to(path)
    return Databases(database_kind, f"sqlite:///{path}", engine)


@pytest.fixture
def database(databases: Databases) -> str:
    """The URL of an empty database of this version."""
    return databases.url


@pytest.fixture
def new_database(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a further database, without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    server: Server = request.getfixturevalue("server")
    yield server.create("new")
    server.drop("new")


@pytest.fixture
def store(tmp_path: Path, databases: Databases) -> Iterator[Store]:
    store = Store(databases.engine, tmp_path / "data")
    yield store
    store.close()


@dataclass
class Clock:
    """The one clock of a test: it stands until it is told to go on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **duration: float) -> datetime:
        self.now += timedelta(**duration)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# --- configuration ---

SECTION = {"id": "tin-tuc", "url": "https://thanhhoa.gov.vn/tin-tuc"}
PORTALS = {
    "thanhhoa": {
        "name": "Cổng TTĐT tỉnh Thanh Hóa",
        "url": "https://thanhhoa.gov.vn/",
        "province": "Thanh Hóa",
        "sections": [SECTION],
    },
    "mpi": {
        "name": "Bộ Kế hoạch và Đầu tư",
        "url": "https://mpi.gov.vn/",
        "sections": [{"id": "tin-tuc", "url": "https://mpi.gov.vn/tin-tuc"}],
    },
}


@pytest.fixture
def make_configuration(tmp_path: Path) -> Iterator[Callable[..., Configuration]]:
    """Writes a folder of configuration and loads it as every command does; JSON is YAML too."""
    from monitor.configuration import load_configuration

    before = speaking()

    def make(
        subscriptions: list[dict[str, Any]] | None = None, portals: dict[str, Any] | None = None, **settings: Any
    ) -> Configuration:
        folder = tmp_path / "conf"
        (folder / "portals").mkdir(parents=True, exist_ok=True)
        settings = {"politeness": {"contact": "mailto:you@example.org"}, "language": "en", **settings}
        _write(folder / "portalwatch.yaml", settings)
        for name, portal in (PORTALS if portals is None else portals).items():
            _write(folder / "portals" / f"{name}.yaml", portal)
        _write(folder / "subscriptions.yaml", subscriptions or [])
        return load_configuration(folder)

    yield make
    speak(before)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


# --- a receiver of web hooks ---


@dataclass
class Arrived:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Webhook:
    """An HTTP server on this machine. It accepts everything, unless it is told to answer otherwise, or to hang."""

    server: ThreadingHTTPServer
    arrived: list[Arrived] = field(default_factory=list)
    answers: deque[int] = field(default_factory=deque)
    """The next statuses; 200 when there are none left."""
    free: threading.Event = field(default_factory=threading.Event)
    """Cleared while it hangs."""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def url(self, path: str = "alerts") -> str:
        """Its address as apprise writes it."""
        return f"json://{self.address}/{path}"

    def answer(self, *statuses: int) -> None:
        self.answers.extend(statuses)

    def hang(self) -> None:
        """Take requests and do not answer them, until `free.set()`."""
        self.free.clear()

    def take(self, arrived: Arrived) -> int:
        with self._changed:
            self.arrived.append(arrived)
            self._changed.notify_all()
        self.free.wait(30)
        with self._changed:
            return self.answers.popleft() if self.answers else 200

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Return when so many requests have arrived."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.arrived) >= count, seconds), "no request came"

    @property
    def texts(self) -> list[str]:
        """The bodies of the messages that arrived."""
        return [arrived.json["message"] for arrived in self.arrived]


class _Handler(BaseHTTPRequestHandler):
    webhook: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status = self.webhook.take(Arrived(self.command, self.path, dict(self.headers.items()), body))
        try:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:  # the sender had no patience
            self.close_connection = True

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def make_webhook() -> Iterator[Callable[[], Webhook]]:
    """Starts as many receivers as a test wants."""
    started: list[Webhook] = []

    def make() -> Webhook:
        handler = type("Handler", (_Handler,), {})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.block_on_close = False
        webhook = handler.webhook = Webhook(server)
        webhook.free.set()
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        started.append(webhook)
        return webhook

    yield make
    for webhook in started:
        webhook.free.set()
        webhook.server.shutdown()
        webhook.server.server_close()


@pytest.fixture
def webhook(make_webhook: Callable[[], Webhook]) -> Webhook:
    return make_webhook()


# --- a receiver of mail ---


@dataclass
class Mailbox:
    """An SMTP server on this machine and the letters that it accepted."""

    port: int = 0
    letters: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope.original_content or envelope.content)
        return "250 OK"

    def url(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?mode=insecure&from=portalwatch@example.org&to=reader@example.org"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    from aiosmtpd.smtp import SMTP

    mailbox = Mailbox()
    loop = asyncio.new_event_loop()

    def session() -> SMTP:
        return SMTP(mailbox, hostname="localhost", enable_SMTPUTF8=True, loop=loop)

    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0))
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield mailbox
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    server.close()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


# --- the whole program ---


@pytest.fixture
def new_house(tmp_path: Path, new_database: str) -> Iterator[Any]:
    """Makes a house of some replicas, on a new database; one a test."""
    from house import House

    from monitor.commands.demonstrate import receiving
    from monitor.replica import serve_replicas

    with ExitStack() as stack:

        def make(names: Sequence[str], **story: Any) -> House:
            replicas = stack.enter_context(serve_replicas(names, crawl_delay=0, **story))
            house = House(tmp_path / "watch", replicas, stack.enter_context(receiving()), new_database)
            house.configure()
            return house

        yield make


@pytest.fixture
def house(new_house: Callable[..., Any]) -> Any:
    """The replicas of the story with nothing published yet, configured; for the tests in tests/whole."""
    return new_house(["thanhhoa", "ninhbinh"])


@pytest.fixture
def five(new_house: Callable[..., Any]) -> Any:
    """All five replicas, each to publish its own seed by the step "seed", configured; no baseline has a seed."""
    from monitor.replica import SITES

    return new_house(list(SITES), own_seeds=True)
