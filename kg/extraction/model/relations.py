"""The relations that are read between two things of a document, by label, and the sorts of things they hold between."""

SORTS = (
    "", "Person", "Organization", "Place", "Event", "Nationality", "Work", "Weapon", "Date", "Number", "Other",
)  # fmt: skip
"""Sorts of things that the relation head tells apart; parties are organizations, laws and products are ``Other``,
works ``Work``, groups of people described only ("two gunmen") persons; empty where it is not known."""

LABELS: dict[str, tuple[str, ...]] = {
    "in": ("locatedIn", "basedIn", "happenedIn"),
    "part": ("partOf", "subEventOf"),
    "owned": ("ownedBy",),
    "leaderOf": ("leaderOf",),
    "bornIn": ("bornIn",),
    "diedIn": ("diedIn",),
    "livesIn": ("livesIn",),
    "citizenOf": ("citizenOf", "comesFrom"),
    "bornOn": ("bornOn",),
    "diedOn": ("diedOn",),
    "childOf": ("childOf",),
    "spouse": ("spouse",),
    "siblingOf": ("siblingOf",),
    "educatedAt": ("educatedAt",),
    "memberOf": ("memberOf",),
    "employedBy": ("employedBy",),
    "founded": ("founded",),
    "foundedOn": ("foundedOn",),
    "happenedOn": ("happenedOn",),
    "participatedIn": ("participatedIn",),
    "successorOf": ("successorOf",),
    "capitalOf": ("capitalOf",),
    "createdBy": ("createdBy",),
    "publishedBy": ("publishedBy",),
    "publishedOn": ("publishedOn",),
    "jurisdiction": ("jurisdiction",),
    "awarded": ("awarded",),
    "adjacentTo": ("adjacentTo",),
    "alliedWith": ("alliedWith",),
    "opponentOf": ("opponentOf",),
    "killedBy": ("killedBy",),
    "kidnappedBy": ("kidnappedBy",),
    "attacked": ("attacked",),
    "incident": (),
}
"""Label to the properties of the ontology that it may state; the kinds of subject and object decide among them.

``incident``: both play a part in the same incident (symmetric; states nothing by itself)."""
