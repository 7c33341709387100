"""A hundred hostile requests: each is refused or survived, the server still answers, and nobody else was asked.

They are counted at the end. Pages that scripts could run in come with the explorer; here, nothing is a page.
"""

import socket
import threading
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from tests.web.served import FORM, QUERY, UPDATE, WRITER, Served, eventually, plain, served


class Elsewhere:
    """Another server on this machine, which nobody may ask."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.hits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.hits += 1
            line.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    it = Elsewhere()
    yield it
    assert it.hits == 0, "another server was asked"
    it.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(plain(tmp_path_factory.mktemp("hostile") / "store", timeout=1.5, workers=3)) as it:
        it.update("INSERT DATA { <urn:s> <urn:p> 100000 , true , 'x' }").raise_for_status()
        yield it


U = "http://127.0.0.1:PORT/"
MANY = " ".join(f"?s{number} ?p{number} ?o{number} ." for number in range(40))
DIGITS = " ".join(map(str, range(10)))
VALUES = " ".join(f"VALUES ?x{number} {{ {DIGITS} }}" for number in range(12))

# Queries that ask somebody else.
ABROAD = [
    f"SELECT * {{ SERVICE <{U}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT <{U}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT<{U}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE<{U}>{{ }} }}",
    f"SELECT * {{ ?s ?p 1e5SERVICE<{U}>{{ }} }}",
    f"PREFIX e: <{U}> SELECT * {{ ?s ?p 1e5SERVICEe:x{{ }} }}",
    f"PREFIX : <{U}> SELECT * {{ service:x{{ }} }}",
    f"SELECT * {{ \\u0053ERVICE <{U}> {{ }} }}",
    f"SELECT * {{ \\U00000053\\u0045RVICE <{U}> {{ }} }}",
    f"SELECT * {{ VALUES ?x {{ <{U}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND(IRI('{U}') AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{U}> {{ }} }} }}",
    f"SELECT * {{ #\nSERVICE#\n<{U}>#\n{{ }} }}",
    f"SELECT * {{ ?s ?p '#' . SERVICE <{U}> {{ }} }}",
    "SELECT * { SERVICE <http://169.254.169.254/latest/meta-data/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://[::1]:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://2130706433:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    f"SELECT * FROM <{U}> {{ ?s ?p ?o }}",
    f"SELECT * FROM NAMED <{U}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"DESCRIBE <{U}>",
]

UPDATES_ABROAD = [
    f"LOAD <{U}>",
    f"LOAD SILENT <{U}> INTO GRAPH <urn:g>",
    f"LOAD<{U}>",
    f"LOADSILENT<{U}>",
    f"PREFIX e: <{U}> LOADe:x",
    f"CREATE SILENT GRAPH <urn:g>;LOAD<{U}>",
    f"\\u004COAD <{U}>",
    "LOAD <file:///etc/passwd>",
    f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{U}> {{ ?s ?p ?o }} }}",
    f"INSERT {{ ?s ?p ?o }} USING <{U}> WHERE {{ ?s ?p ?o }}",
    f"COPY <{U}> TO <urn:g>",
]

# Queries that would eat the machine.
HUNGRY = {
    "cartesian product": f"SELECT (COUNT(*) AS ?n) {{ {VALUES} FILTER(?x0 + ?x1 > 100) }}",
    "cartesian product, sorted": f"SELECT * {{ {VALUES} }} ORDER BY ?x0 ?x1",
    "cartesian product, distinct": f"SELECT DISTINCT * {{ {VALUES} }}",
    "cartesian product, constructed": f"CONSTRUCT {{ ?s ?p ?x0 }} {{ ?s ?p ?o {VALUES} }}",
    "joins without a join": f"SELECT * {{ {MANY} }}",
    "braces": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "brackets": "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
    "collections": "SELECT * { ?s ?p " + "(" * 10_000 + ")" * 10_000 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[ ?p " * 10_000 + "1" + "]" * 10_000 + " }",
    "not": "SELECT * { FILTER(" + "!" * 50_000 + "true) }",
    "minus": "SELECT (" + "- " * 50_000 + "1 AS ?x) {}",
    "open": "SELECT * { ?s ?p ?o " + "OPTIONAL { " * 20_000,
    "subqueries": "SELECT * { " + "{ SELECT * { " * 60 + "?s ?p ?o" + " } }" * 60 + " }",
    "unions": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 5_000) + " }",
    "or": "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?o = 1"] * 20_000) + ") }",
    "plus": "SELECT (" + " + ".join(["1"] * 50_000) + " AS ?x) {}",
    "in": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(map(str, range(100_000))) + ")) }",
    "functions": "SELECT (" + "STR(" * 90 + "1" + ")" * 90 + " AS ?x) {}",
    "paths": "SELECT * { ?s " + "/".join(["<urn:p>*"] * 300) + " ?o }",
    "paths upon paths": "SELECT * { ?s " + "(" * 90 + "<urn:p>" + ")*" * 90 + " ?o }",
    "prefixes": "\n".join(f"PREFIX p{number}: <urn:p>" for number in range(20_000)) + " ASK {}",
    "regular expression": "SELECT * { BIND('" + "a" * 5_000 + "!' AS ?x) FILTER(REGEX(?x, '^(a+)+$')) }",
    "regular expression, large": "SELECT (REGEX('a', '" + "a{1000}" * 3 + "{1000}') AS ?x) {}",
    "regular expression, alternatives": "SELECT (REPLACE('" + "a" * 9_000 + "', '(a|a)*b', 'c') AS ?x) {}",
    "a large literal": "SELECT ('" + "x" * 900_000 + "' AS ?x) {}",
    "a larger literal": "SELECT ('" + "x" * 2_000_000 + "' AS ?x) {}",
    "a literal that grows": "SELECT (STRLEN(?x40) AS ?n) { BIND('0123456789' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{number}, ?x{number}) AS ?x{number + 1})" for number in range(40))
    + " }",
    "a number": "SELECT (" + "9" * 100_000 + " * 9 AS ?x) {}",
    "a long name": "SELECT ?" + "x" * 100_000 + " {}",
    "values": "SELECT * { VALUES ?x { " + "1 " * 200_000 + "} }",
    "open string": "SELECT * { ?s ?p '''" + "x" * 100_000,
    "comments": "#" * 100_000 + "\nASK {}",
    "nothing": " " * 100_000,
    "quotes": "SELECT ('" + "\\'" * 100_000 + "' AS ?x) {}",
    "backslashes": "SELECT ('" + "\\\\" * 50_000 + "' AS ?x) {}",
}

STRANGE = {
    "zero byte": "ASK { ?s ?p '\x00' }",
    "control characters": "ASK { ?s ?p '\x01\x02\x1b[31m' }",
    "line ends of another kind": "ASK {\u2028\u2029}",
    "right to left": "ASK { ?s ?p '\u202e' }",
    "byte order mark": "\ufeffASK {}",
    "half a letter": "SELECT ('\\uD800' AS ?x) {}",
    "no letter": "SELECT ('\\U0011FFFF' AS ?x) {}",
    "script in a literal": "SELECT ('<script>alert(1)</script>' AS ?x) {}",
    "script in a name": "SELECT * { <http://x/<script>alert(1)</script>> ?p ?o }",
    "script in a mistake": "<script>alert(1)</script>",
    "script in a variable": "SELECT (1 AS ?x) (2 AS ?\u0301script) {}",
    "a formula": "SELECT ('=cmd|calc' AS ?x) {}",
    "a header": "SELECT ('x\\r\\nSet-Cookie: a=b' AS ?x) {}",
}

SENT: dict[str, tuple[str, str, dict[str, str], bytes]] = {
    "broken UTF-8 in an address": ("GET", "/sparql?query=%ff%fe", {}, b""),
    "broken UTF-8 in a form": ("POST", "/sparql", {"content-type": FORM}, b"query=%C3%28"),
    "raw bytes in a form": ("POST", "/sparql", {"content-type": FORM}, b"query=\xff\xfe"),
    "overlong UTF-8": ("POST", "/sparql", {"content-type": QUERY}, b"ASK { ?s ?p '\xc0\xaf' }"),
    "half signs": ("GET", "/sparql?query=%", {}, b""),
    "a thousand parameters": ("GET", "/sparql?" + "&".join(f"a{n}=1" for n in range(2000)), {}, b""),
    "a query twice": ("POST", "/sparql?query=ASK%7B%7D", {"content-type": QUERY}, b"ASK {}"),
    "both kinds": ("POST", "/sparql", {"content-type": FORM}, b"query=ASK%7B%7D&update=DROP+ALL"),
    "an update in an address": ("POST", "/sparql?update=DROP+ALL", {"content-type": FORM}, b""),
    "a graph that is none": ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=%3E%20%7D", {}, b""),
    "a graph that breaks out": (
        "POST",
        "/sparql?using-graph-uri=urn:x%3E%20WHERE%7B%7D%3BDROP%20ALL%3B%23",
        {"content-type": UPDATE, **WRITER},
        b"INSERT { <urn:a> <urn:b> 1 } WHERE { }",
    ),
    "a strange type": ("POST", "/sparql", {"content-type": "application/sparql-query; charset=\x7f"}, b"ASK {}"),
    "a compressed bomb": ("POST", "/sparql", {"content-type": QUERY, "content-encoding": "gzip"}, b"\x1f\x8b" * 1000),
    "accept of all sorts": ("GET", "/sparql?query=ASK%7B%7D", {"accept": ",;q=;/;*/*;q=NaN," * 500}, b""),
    "accept with infinity": ("GET", "/sparql?query=ASK%7B%7D", {"accept": "text/csv;q=inf,*/*;q=-1"}, b""),
    "a wish for a file": ("GET", "/sparql?query=ASK%7B%7D&format=../../etc/passwd", {}, b""),
    "paths upwards": ("GET", "/graphs/../../../../etc/passwd", {}, b""),
    "encoded paths upwards": ("GET", "/id/..%2f..%2f..%2fetc%2fpasswd", {}, b""),
    "a path of zero bytes": ("GET", "/id/%00%00", {}, b""),
    "a path that breaks out": ("GET", "/id/x%3E%20%7D%20%7D%20UNION%20%7B", {}, b""),
    "raw signs in a path": ("GET", "/id/x>{}<script>", {}, b""),
    "script in a path": ("GET", "/%3Cscript%3Ealert(1)%3C/script%3E", {}, b""),
    "a graph store without a graph": ("PUT", "/graphs", {"content-type": "text/turtle", **WRITER}, b""),
    "a graph named to break out": (
        "PUT",
        "/graphs?graph=urn:x%3E%20%7B%7D%7D%3B%20DROP%20ALL%3B%23",
        {"content-type": "text/turtle", **WRITER},
        b"",
    ),
    "parts without a border": ("POST", "/graphs?default", {"content-type": "multipart/form-data", **WRITER}, b"--x"),
    "parts that never end": (
        "POST",
        "/graphs?default",
        {"content-type": "multipart/form-data; boundary=x", **WRITER},
        b"--x\r\n" * 5000,
    ),
    "XML that grows": (
        "PUT",
        "/graphs?default",
        {"content-type": "application/rdf+xml", **WRITER},
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12))
        + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="urn:x"><rdf:value>&m;</rdf:value></rdf:Description></rdf:RDF>',
    ),
    "XML that asks for a file": (
        "PUT",
        "/graphs?default",
        {"content-type": "application/rdf+xml", **WRITER},
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:x">'
        b"<rdf:value>&a;</rdf:value></rdf:Description></rdf:RDF>",
    ),
    "JSON-LD that asks elsewhere": (
        "PUT",
        "/graphs?default",
        {"content-type": "application/ld+json", **WRITER},
        b'{"@context": "http://127.0.0.1:PORT/context.jsonld", "@id": "urn:x", "name": "y"}',
    ),
    "deep JSON": ("PUT", "/graphs?default", {"content-type": "application/ld+json", **WRITER}, b"[" * 200_000),
    "deep Turtle": (
        "PUT",
        "/graphs?default",
        {"content-type": "text/turtle", **WRITER},
        b"<urn:s> <urn:p> " + b"(" * 200_000,
    ),
}

RAW = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",
    "an endless header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"x: y\r\n" * 20_000 + b"\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc",
    "length and pieces": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n",
    "a length below nothing": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "pieces of nonsense": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "an address of its own": b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    "a split line": b"GET /\r\nX: y HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "half a request": b"GET /sparql?query=ASK HTTP/1.1\r\nHost: loc",
    "a proxy's method": b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a long method": b"X" * 5000 + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an upgrade": b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
}


def harmless(server: Served, answer: httpx.Response) -> None:
    """It was refused or answered, as something that no browser runs; and the next one is answered."""
    assert answer.status_code in {200, 201, 204, 301, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 421, 503}
    assert not answer.headers.get("content-type", "").startswith(("text/html", "application/xhtml"))
    assert "set-cookie" not in answer.headers
    assert b"root:" not in answer.content
    if answer.status_code >= 400:
        assert "Traceback" not in answer.text
        assert len(answer.content) < 4000
    assert still_answers(server)


def still_answers(server: Served) -> bool:
    """Workers that were killed have successors, if not in the same moment."""
    asked = "ASK { <urn:s> <urn:p> 100000 }"
    assert eventually(lambda: server.get(asked).status_code != 503)
    return server.ask(asked)


@pytest.mark.parametrize("query", ABROAD)
def test_nobody_else_is_asked(server: Served, elsewhere: Elsewhere, query: str) -> None:
    answer = server.get(query.replace("PORT", str(elsewhere.port)))
    harmless(server, answer)
    assert answer.status_code in {200, 400, 403}
    assert elsewhere.hits == 0


@pytest.mark.parametrize("update", UPDATES_ABROAD)
def test_nobody_else_is_asked_by_an_update(server: Served, elsewhere: Elsewhere, update: str) -> None:
    answer = server.update(update.replace("PORT", str(elsewhere.port)))
    harmless(server, answer)
    assert elsewhere.hits == 0


@pytest.mark.parametrize("name", HUNGRY)
def test_what_would_eat_the_machine(server: Served, name: str) -> None:
    answer = server.client.post("/sparql", content=HUNGRY[name].encode(), headers={"content-type": QUERY})
    harmless(server, answer)


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("accept", ["text/csv", "text/html,*/*;q=0.1"])
def test_strange_letters(server: Served, name: str, accept: str) -> None:
    headers = {"content-type": QUERY, "accept": accept}
    harmless(server, server.client.post("/sparql", content=STRANGE[name].encode(), headers=headers))
    in_address = server.client.get(f"/sparql?query={quote(STRANGE[name])}", headers={"accept": accept})
    harmless(server, in_address)


@pytest.mark.parametrize("name", SENT)
def test_strange_requests(server: Served, elsewhere: Elsewhere, name: str) -> None:
    method, path, headers, content = SENT[name]
    content = content.replace(b"PORT", str(elsewhere.port).encode())
    coded = {key.encode(): value.encode("latin-1") for key, value in headers.items()}
    harmless(server, server.client.request(method, path, headers=coded, content=content))
    assert elsewhere.hits == 0


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_request(server: Served, name: str) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=0.5) as line:
        try:
            line.sendall(RAW[name])
            got = line.recv(4096)
        except (TimeoutError, OSError):
            got = b""
    assert not got.startswith(b"HTTP/1.1 2") or name in {"a split line", "an upgrade"}
    assert still_answers(server)


def test_slow_readers_keep_no_worker_busy(server: Served) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    query = quote("SELECT * { VALUES ?x { " + "1 " * 9_000 + " } }")
    lines = [socket.create_connection((host, int(port))) for _ in range(12)]
    try:
        for line in lines:
            line.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert server.answers_soon()
    finally:
        for line in lines:
            line.close()


def test_there_are_more_than_a_hundred() -> None:
    assert len(ABROAD) + len(UPDATES_ABROAD) + len(HUNGRY) + len(STRANGE) + len(SENT) + len(RAW) > 100
