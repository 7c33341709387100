"""The parts that words play in incidents of violence, and the types of these: the labels of the incident heads.

After the slots of MUC-4 (Sundheim 1992), which the heads are learnt from.
"""

PARTS = ("", "perpetrator", "organization", "dead", "hurt", "kidnapped", "unharmed", "target", "weapon")
"""What a word's phrase is in an incident: who did it (people, or the organization behind them), victims by what became
of them (``unharmed``: attacked or threatened, effect unknown or none), things attacked, weapons; empty for nothing."""

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE")
"""Types of incidents as MUC-4 tells them apart."""
