from io import StringIO

from rich.console import Console

from kg.store import Changed, Store
from kg.views import analysis, picture_of, terminal


def screen(width: int = 100) -> Console:
    return Console(
        file=StringIO(), force_terminal=True, color_system=None, width=width, soft_wrap=True, highlight=False
    )


def pipe() -> Console:
    return Console(file=StringIO(), soft_wrap=True)


def text(out: Console) -> str:
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


WHO = """SELECT ?a ?b ?none ?quote {
  ?f rdf:predicate kg:leaderOf ; rdf:subject/rdfs:label ?a ; rdf:object/rdfs:label ?b ; kg:claim ?c .
  GRAPH ?g { ?c oa:exact ?quote }
}"""


def test_a_pipe_gets_tabs(store: Store) -> None:
    out = pipe()
    terminal.table(store.query(WHO), out)
    lines = text(out).split("\n")
    assert lines[0] == "a\tb\tnone\tquote"
    assert lines[1].split("\t")[:3] == ["Ada Brandt", "Harbour Guard", ""]


def test_a_terminal_gets_columns_with_the_quote_below(store: Store) -> None:
    out = screen(60)
    terminal.table(store.query(WHO), out)
    lines = text(out).split("\n")
    assert lines[0].split() == ["a", "b"]
    assert lines[2].split("  ") == ["Ada Brandt", "Harbour Guard"]
    assert lines[3].startswith("    Ada Brandt, leader of the Harbour Guard")
    assert all(len(line) <= 60 for line in lines)
    assert lines[-2] == "1 row"


def test_many_columns_fit_a_narrow_window(store: Store) -> None:
    out = screen(40)
    terminal.table(store.query("SELECT ?s ?p ?o ('x' AS ?a) ('y' AS ?b) { ?s kg:bornIn ?o ; ?p ?o }"), out)
    assert all(len(line) <= 40 for line in text(out).split("\n"))


def test_yes_no_graphs_and_nothing(store: Store) -> None:
    out = pipe()
    terminal.table(store.query("ASK { ?s ?p ?o }"), out)
    terminal.table(store.query("CONSTRUCT { ?s kg:bornIn ?o } { ?s kg:bornIn ?o }"), out)
    assert text(out).startswith("yes\nsubject\tpredicate\tobject\nurn:newskg:person/ada-brandt\t")
    nothing = screen()
    terminal.table(store.query("SELECT ?s { ?s kg:nothing ?o }"), nothing)
    assert text(nothing).endswith("0 rows\n")


def test_words_cannot_steer_the_terminal() -> None:
    assert terminal.one_line("a\x1b[31mred\x1b]0;title\x07\r\nb\u202etxt.exe") == "a[31mred]0;title btxt.exe"
    assert terminal.one_line(None) == ""
    assert terminal.one_line(True) == "yes"


def test_a_thing_is_shown_with_its_sentences(store: Store) -> None:
    out = screen()
    terminal.shown(store.show("Ada Brandt"), {}, out)
    said = text(out)
    assert "born in: Lindhafen  [2 sources]" in said
    assert "“Ada Brandt was born in Lindhafen on 3 February 1980" in said
    assert "North Wire · Blast at the harbour · 2031-05-04 · characters 0–" in said


def test_changes_stand_under_their_version() -> None:
    url, new, old = "https://a.example/1", "urn:newskg:doc/2", "urn:newskg:doc/1"
    found = [
        Changed(
            url, new, old, "2031-05-04", "revised", "Lomne fire", "deaths", "three", "five", "Three died.", "Five died."
        ),
        Changed(
            url,
            new,
            old,
            "2031-05-04",
            "dropped",
            "Pell Orden",
            "killed by",
            "Lomne fire",
            None,
            "It killed him.",
            None,
        ),
    ]
    out = screen()
    terminal.changes(found, out)
    assert text(out).splitlines() == [
        "https://a.example/1  2031-05-04",
        "  revised: Lomne fire — deaths — three → five",
        "    “Five died.”",
        "  dropped: Pell Orden — killed by — Lomne fire",
        "    “It killed him.”",
    ]
    piped = pipe()
    terminal.changes(found, piped)
    assert text(piped).splitlines()[1].split("\t")[2:7] == ["revised", "Lomne fire", "deaths", "three", "five"]


def test_a_moment_is_shown_to_the_minute_in_a_terminal() -> None:
    out, piped = screen(), pipe()
    for each in (out, piped):
        terminal.rows(["date", "name"], [["2031-05-04T06:30:12+02:00", "Lomne"], ["2031-05-04", "T06:30"]], each)
    assert [line[:16].rstrip() for line in text(out).splitlines()[2:]] == ["2031-05-04 06:30", "2031-05-04"]
    assert "2031-05-04T06:30:12+02:00" in text(piped)


def test_an_analysis_is_a_table_in_a_pipe_and_three_on_a_screen(store: Store) -> None:
    found = analysis.analysed(picture_of(store))
    out = pipe()
    terminal.analysis(found, "degree", 2, out)
    lines = [line.split("\t") for line in text(out).splitlines()]
    assert lines[0] == ["thing", "kind", "facts", "betweenness", "pagerank", "community", "cutpoint"]
    assert [(line[0], line[2], line[6]) for line in lines[1:]] == [
        ("Lindhafen", "3", "yes"),
        ("Harbour Guard", "2", ""),
    ]
    out = screen()
    terminal.analysis(found, "degree", 2, out)
    assert "community in 1 part; the largest:" in text(out) or "communities in 1 part; the largest:" in text(out)
