"""Sixteen questions that a careful reader can answer from one article on a bombing, as SPARQL, for any set of names.

They are asked of an article of our own with invented names (``test_story.py``), and, where the development data lies
beside the project, of the article that the project began with, as it is and with its names replaced.
"""

from dataclasses import dataclass

from kg.graph import Graph

PREFIXES = """
PREFIX kg: <https://w3id.org/newskg#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""


@dataclass(frozen=True)
class Cast:
    """The names of an article."""

    general: str  # full name of the one who was killed
    killer_country: str  # whose strike it was
    giver_of_orders: str
    force: str  # that the general led
    force_parent: str
    country: str
    killing_city: str  # a capital
    killing_country: str
    city: str  # where he came from; a province has its name
    cemetery: str
    official: str
    position: str
    agency_distance: str  # the agency that told the distances
    agency_blame: str  # to which the official spoke
    agency_cause: str
    day: str  # ISO
    killing_month: str  # ISO
    far: int
    near: int
    deaths: int = 101  # at least
    injuries: int = 140
    status_distance: str = "semi-official"
    status_blame: str = "state-run"
    status_cause: str = "semi-official"


def questions(cast: Cast) -> dict[str, str]:
    """Each question with the ASK that is true when the graph answers it."""
    c = cast
    general, city = _named("?general", c.general), _named("?city", c.city)
    force = _named("?force", c.force)
    return {
        "1 killed by what, where, when, carried out by whom": f"""ASK {{
            {general} ?general kg:killedBy ?strike ; kg:diedIn ?where . {_named("?where", c.killing_city)}
            ?strike kg:carriedOutBy ?country . {_named("?country", c.killer_country)}
            ?fact rdf:subject ?general ; rdf:predicate kg:diedOn ; rdf:object ?on .
            FILTER(STR(?on) = "{c.killing_month}") }}""",
        "2 who ordered it": f"""ASK {{
            {general} ?general kg:killedBy ?strike . ?strike kg:orderedBy ?who .
            {_named("?who", c.giver_of_orders)} }}""",
        "3 leader of the force, then and not now": f"""ASK {{
            {general} {force}
            ?fact rdf:subject ?general ; rdf:predicate kg:leaderOf ; rdf:object ?force ;
                kg:time "{c.killing_month}" }}""",
        "4 buried in": f"""ASK {{
            {general} ?general kg:buriedIn ?cemetery . {_named("?cemetery", c.cemetery)} }}""",
        "5 the force is part of": f"""ASK {{
            {force} ?force kg:partOf ?parent . {_named("?parent", c.force_parent)}
            ?parent (kg:partOf|kg:basedIn|kg:locatedIn) ?country . {_named("?country", c.country)} }}""",
        "6 a city, and a province of the same name": f"""ASK {{
            {city} ?city a kg:City ; kg:capitalOf ?region .
            {_named("?region", c.city)} ?region a kg:Region . FILTER(?city != ?region) }}""",
        "7 where the cemetery is": f"""ASK {{
            {_named("?cemetery", c.cemetery)} ?cemetery kg:locatedIn+ ?country . {_named("?country", c.country)} }}""",
        "8 the capital": f"""ASK {{
            {_named("?capital", c.killing_city)} ?capital kg:capitalOf ?country ; kg:locatedIn ?country .
            {_named("?country", c.killing_country)} }}""",
        "9 the official's position": f"""ASK {{
            {_named("?who", c.official)} ?who kg:holdsPosition ?position .
            ?position skos:altLabel|rdfs:label "{c.position}" .
            ?position kg:positionAt ?city . {_named("?city", c.city)} }}""",
        "10 what happened that day, and the toll": f"""ASK {{
            ?event a kg:Event . ?on rdf:subject ?event ; rdf:predicate kg:happenedOn ; rdf:object ?day .
            FILTER(STR(?day) = "{c.day}")
            ?d rdf:subject ?event ; rdf:predicate kg:deaths ; kg:atLeast ?deaths .
            ?i rdf:subject ?event ; rdf:predicate kg:injuries ; kg:atLeast ?injuries .
            FILTER(?deaths = {cast.deaths} && ?injuries = {cast.injuries}) }}""",
        "11 who says the toll": """ASK {
            ?fact rdf:predicate kg:deaths ; kg:claim ?claim .
            GRAPH ?document { ?claim kg:speaker ?speaker . ?speaker rdfs:label ?who }
            FILTER(CONTAINS(LCASE(?who), "media")) }""",
        "12 how far, who says so": f"""ASK {{
            ?a rdf:predicate kg:distance ; rdf:object ?far ; kg:unit ?unit ; kg:claim ?one .
            ?b rdf:predicate kg:distance ; rdf:object ?near ; kg:claim ?two .
            FILTER(?far = {c.far} && ?near = {c.near})
            GRAPH ?document {{ ?one kg:speaker ?s1 . ?two kg:speaker ?s2 .
                ?s1 rdfs:label "{c.agency_distance}" . ?s2 rdfs:label "{c.agency_distance}" }} }}""",
        "13 who is blamed, by whom, through whom": f"""ASK {{
            ?fact rdf:predicate kg:carriedOutBy ; rdf:object ?blamed ; kg:stance "alleged" ; kg:claim ?claim .
            ?blamed rdfs:label "terrorists" .
            GRAPH ?document {{ ?claim kg:speaker ?who ; kg:via ?through .
                ?who rdfs:label "{c.official}" . ?through rdfs:label "{c.agency_blame}" }}
            FILTER NOT EXISTS {{ ?event kg:carriedOutBy ?blamed }} }}""",
        "14 what caused it, says who": f"""ASK {{
            ?fact rdf:predicate kg:causedBy ; rdf:object ?cause ; kg:stance "alleged" ; kg:claim ?claim .
            ?cause rdfs:label ?words . FILTER(CONTAINS(?words, "suitcase"))
            GRAPH ?document {{ ?claim kg:speaker ?who . ?who rdfs:label "{c.agency_cause}" }}
            FILTER NOT EXISTS {{ ?event kg:causedBy ?cause }} }}""",
        "15 what kind of source each is": f"""ASK {{
            {_named("?x", c.agency_distance)} ?x a kg:NewsAgency ; kg:officialStatus "{c.status_distance}" .
            {_named("?y", c.agency_blame)} ?y a kg:NewsAgency ; kg:officialStatus "{c.status_blame}" .
            {_named("?z", c.agency_cause)} ?z a kg:NewsAgency ; kg:officialStatus "{c.status_cause}" . }}""",
        "16 where the general came from": f"""ASK {{
            {general} ?general kg:comesFrom ?from . {_named("?from", c.city)} }}""",
    }


def must_not(cast: Cast) -> dict[str, str]:
    """What the graph must not say, each as an ASK that must be false."""
    c = cast
    general = _named("?general", c.general)
    return {
        "the giver of orders leads the country": f"""ASK {{
            {_named("?who", c.giver_of_orders)} ?who kg:leaderOf ?country . {_named("?country", c.country)} }}""",
        "the general died on the day of the blasts": f"""ASK {{
            {general} ?general kg:diedOn ?on . FILTER(STRSTARTS(STR(?on), "{c.day}")) }}""",
        "somebody was killed by the media": """ASK {
            ?who kg:killedBy ?by . ?by rdfs:label ?label . FILTER(CONTAINS(LCASE(?label), "media")) }""",
        "pronouns and descriptions as things": """ASK {
            ?thing a kg:Entity ; rdfs:label ?label .
            FILTER(LCASE(?label) IN ("he", "it", "the cemetery", "the country", "cemetery", "country")) }""",
        "a credit says or does something": """ASK {
            ?fact a kg:Fact ; rdf:subject|rdf:object ?agency . ?agency rdfs:label ?label .
            FILTER(REGEX(?label, "^(Getty Images|AFP|Anadolu|Anadolu Agency|Mehr News)$")) }""",
        "tension rose": """ASK { ?s ?p ?o . FILTER(isIRI(?s) && CONTAINS(LCASE(STR(?s)), "tension")) }""",
        "a country or group of another war took part": """ASK {
            ?event a kg:Event ; kg:carriedOutBy|kg:causedBy|kg:orderedBy ?who .
            ?who rdfs:label ?label . FILTER(?label IN ("Israel", "Hamas")) }""",
    }


def answered(graph: Graph, asks: dict[str, str]) -> dict[str, bool]:
    """Each question with whether its ASK is true."""
    return {name: bool(graph.query(PREFIXES + ask)) for name, ask in asks.items()}


def _named(variable: str, name: str) -> str:
    return f'{variable} rdfs:label|skos:altLabel "{name}" .'
