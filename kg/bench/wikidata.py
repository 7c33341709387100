"""Relations of Wikidata and of KnowledgeNet in; the predicates of the ontology that state them out.

The alignment is the one that the ontology's own ``skos`` matches give, by hand for those that stand the other way round
(marked with ``-``): there the subject of the relation is the object of the predicate. Positions (P39) are left out: the
sets mark none of them as things, so that every right answer would count as wrong.
"""

WIKIDATA: dict[str, tuple[str, ...]] = {
    "P6": ("-leaderOf",),  # head of government
    "P17": ("locatedIn", "basedIn"),  # country
    "P19": ("bornIn",),
    "P20": ("diedIn",),
    "P22": ("childOf",),  # father
    "P25": ("childOf",),  # mother
    "P26": ("spouse",),
    "P27": ("citizenOf",),
    "P35": ("-leaderOf",),  # head of state
    "P36": ("-capitalOf",),  # capital
    "P40": ("-childOf",),  # child
    "P69": ("educatedAt",),
    "P102": ("memberOf",),  # member of political party
    "P108": ("employedBy",),
    "P112": ("-founded",),  # founded by
    "P127": ("ownedBy",),
    "P131": ("locatedIn", "basedIn"),  # located in the administrative territorial entity
    "P150": ("-locatedIn", "-basedIn"),  # contains administrative territorial entity
    "P159": ("basedIn",),
    "P241": ("memberOf",),  # military branch
    "P276": ("locatedIn", "happenedIn"),  # location
    "P355": ("-partOf",),  # subsidiary
    "P361": ("partOf", "subEventOf"),
    "P463": ("memberOf",),
    "P488": ("-leaderOf",),  # chairperson
    "P527": ("-partOf", "-subEventOf"),  # has part
    "P551": ("livesIn",),
    "P569": ("bornOn",),
    "P570": ("diedOn",),
    "P585": ("happenedOn",),  # point in time
    "P710": ("-memberOf",),  # participant
    "P749": ("partOf", "ownedBy"),  # parent organization
    "P1365": ("successorOf",),  # replaces
    "P1366": ("-successorOf",),  # replaced by
    "P1376": ("capitalOf",),
    "P3373": ("siblingOf",),
}

KNOWLEDGENET: dict[str, tuple[str, ...]] = {
    "CEO": ("-leaderOf",),
    "CHILD_OF": ("childOf",),
    "DATE_FOUNDED": (),
    "DATE_OF_BIRTH": ("bornOn",),
    "DATE_OF_DEATH": ("diedOn",),
    "EDUCATED_AT": ("educatedAt",),
    "EMPLOYEE_OR_MEMBER_OF": ("employedBy", "memberOf"),
    "FOUNDED_BY": ("-founded",),
    "HEADQUARTERS": ("basedIn",),
    "NATIONALITY": ("citizenOf", "comesFrom"),
    "PLACE_OF_BIRTH": ("bornIn",),
    "PLACE_OF_RESIDENCE": ("livesIn",),
    "POLITICAL_AFFILIATION": ("memberOf",),
    "SPOUSE": ("spouse",),
    "SUBSIDIARY_OF": ("partOf", "ownedBy"),
}


def turned(predicates: tuple[str, ...]) -> tuple[bool, frozenset[str]]:
    """Whether the predicates run the other way round (all of a relation do, or none), and their names."""
    return any(name.startswith("-") for name in predicates), frozenset(name.lstrip("-") for name in predicates)
