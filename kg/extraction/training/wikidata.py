"""Properties of Wikidata in; the labels of the relation head that state them out.

Left out are those that state none of the labels (order, genre, language, ...).
"""

PROPERTIES: dict[str, tuple[str, bool]] = {
    **{
        name: (label, False)
        for label, names in {
            "in": "P17 P30 P131 P159 P276 P706",
            "part": "P361 P749",
            "owned": "P127 P137",
            "bornIn": "P19",
            "diedIn": "P20",
            "livesIn": "P551",
            "citizenOf": "P27",
            "bornOn": "P569",
            "diedOn": "P570",
            "childOf": "P22 P25",
            "spouse": "P26",
            "siblingOf": "P3373",
            "educatedAt": "P69",
            "memberOf": "P54 P102 P118 P241 P463",
            "employedBy": "P108",
            "foundedOn": "P571",
            "happenedOn": "P585",
            "participatedIn": "P607 P1344",
            "successorOf": "P1365",
            "capitalOf": "P1376",
            "createdBy": "P50 P57 P58 P86 P162 P170 P175 P176 P178 P272 P676",
            "publishedBy": "P123 P264 P449",
            "publishedOn": "P577",
            "jurisdiction": "P1001",
            "awarded": "P166",
            "adjacentTo": "P206",
        }.items()
        for name in names.split()
    },
    **{
        name: (label, True)
        for label, names in {
            "in": "P150",
            "part": "P355 P527",
            "leaderOf": "P6 P35 P488",
            "childOf": "P40",
            "founded": "P112",
            "participatedIn": "P710",
            "successorOf": "P1366",
            "capitalOf": "P36",
            "createdBy": "P800",
            "jurisdiction": "P194",
        }.items()
        for name in names.split()
    },
}
"""Property to the label that states it, and whether its subject is what the label's object is."""
