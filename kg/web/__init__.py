"""A store served: the SPARQL 1.1 Protocol, the Graph Store Protocol, and things by their IRIs, over HTTP."""
