"""Words of a fill in, its type in MUC-4 out: who or what was hit, by whom, with what.

The types and most of the words are those of the task's documentation (``templ-doc``, part 1, slots 7, 8, 13 and 20, and
the examples of part 2); the defaults are those that it names.
"""

import re
from collections.abc import Mapping


def _table(**types: str) -> dict[str, str]:
    """Word to type; a type is written with underscores."""
    return {word: kind.replace("_", " ") for kind, words in types.items() for word in words.split()}


_INSTRUMENTS = {
    "CAR BOMB": "VEHICLE BOMB",
    "TRUCK BOMB": "VEHICLE BOMB",
    "BUS BOMB": "VEHICLE BOMB",
    "DYNAMITE": "DYNAMITE",
    "GRENADE": "GRENADE",
    "MOLOTOV": "MOLOTOV COCKTAIL",
    "MINE": "MINE",
    "BOMB": "BOMB",
    "EXPLOSIVE": "EXPLOSIVE",
    "MACHINEGUN": "MACHINE GUN",
    "MACHINE": "MACHINE GUN",
    "RIFLE": "RIFLE",
    "PISTOL": "HANDGUN",
    "REVOLVER": "HANDGUN",
    "MORTAR": "MORTAR",
    "ROCKET": "ROCKET",
    "MISSILE": "MISSILE",
    "KNI": "CUTTING DEVICE",
    "MACHETE": "CUTTING DEVICE",
    "STONE": "STONE",
    "GUN": "GUN",
    "FIREARM": "GUN",
}


def instrument(thing: str) -> str | None:
    """The type of an instrument by the first word that fits; None if it fits none, as the documentation wants."""
    return next((kind for word, kind in _INSTRUMENTS.items() if word in thing), None)


_HEADS = _table(
    CIVILIAN_RESIDENCE="HOUSES HOMES HOUSING",
    COMMERCIAL="STORE STORES SHOP SHOPS DEALERSHIP RESTAURANT RESTAURANTS HOTEL HOTELS SUPERMARKET MARKET WAREHOUSE"
    " FACTORY PLANT BROTHELS BUSINESS BUSINESSES ESTABLISHMENT ESTABLISHMENTS CINEMA THEATER",
    COMMUNICATIONS="NEWSPAPER RADIO TELEPHONE TELEVISION TELECOMMUNICATIONS NEWSROOM ANTENNA TRANSMITTER",
    DIPLOMAT_OFFICE_OR_RESIDENCE="EMBASSY EMBASSIES CONSULATE CONSULATES",
    ENERGY="PIPELINE PIPELINES TOWER TOWERS PYLON PYLONS POLE POLES POST POSTS SUBSTATION SUBSTATIONS POWER ELECTRIC"
    " ELECTRICAL ELECTRICITY REFINERY DAM OIL",
    FINANCIAL="BANK BANKS BRANCH BRANCHES",
    GOVERNMENT_OFFICE_OR_RESIDENCE="MINISTRY MINISTRIES HALL PALACE CONGRESS COURT COURTHOUSE COUNCIL GOVERNMENT"
    " PRESIDENTIAL MUNICIPAL",
    LAW_ENFORCEMENT_FACILITY="POLICE JAIL PRISON PRECINCT BARRACKS GARRISON",
    ORGANIZATION_OFFICE="HEADQUARTERS UNION PARTY INSTITUTE INSTITUTES FEDERATION ASSOCIATION",
    TRANSPORT_VEHICLE="CAR CARS BUS BUSES VEHICLE VEHICLES TRUCK TRUCKS PLANE PLANES AIRPLANE AIRCRAFT HELICOPTER"
    " HELICOPTERS TRAIN TRAINS BOAT SHIP AMBULANCE TAXI JEEP VAN MOTORCYCLE LOCOMOTIVE TRAILER",
    TRANSPORTATION_FACILITY="AIRPORT TERMINAL PORT DOCK",
    TRANSPORTATION_ROUTE="BRIDGE BRIDGES HIGHWAY HIGHWAYS ROAD ROADS RAILROAD RAILWAY RAILWAYS",
    WATER="WATER AQUEDUCT",
)


def target(thing: str) -> str:
    """The type of a thing attacked: by its head, or else by what it is of or what stands before the head."""
    words = re.findall(r"[A-Z]+", thing)
    end = next((n for n, word in enumerate(words) if n and word in ("OF", "IN", "AT", "ON", "NEAR")), len(words))
    ranked = [*reversed(words[:end]), *words[end:]]
    return next((_HEADS[word] for word in ranked if word in _HEADS), "OTHER")


_VICTIMS: Mapping[str, frozenset[str]] = {
    "SECURITY GUARD": frozenset("BODYGUARD BODYGUARDS GUARD GUARDS WATCHMAN WATCHMEN ESCORT ESCORTS".split()),
    "LEGAL OR JUDICIAL": frozenset(
        "JUDGE JUDGES MAGISTRATE MAGISTRATES LAWYER LAWYERS ATTORNEY JUDICIAL PROSECUTOR INVESTIGATORS LEGAL".split()
    ),
    "DIPLOMAT": frozenset("AMBASSADOR AMBASSADORS DIPLOMAT DIPLOMATS CONSUL EMBASSY ATTACHE".split()),
    "LAW ENFORCEMENT": frozenset("POLICE POLICEMAN POLICEMEN PATROLMAN PATROLMEN PATROL CONSTABLE DETECTIVE".split()),
    "POLITICAL FIGURE": frozenset(
        "LEADER LEADERS CANDIDATE CANDIDATES POLITICIAN POLITICIANS PARTY POLITICAL ACTIVIST".split()
    ),
    "ACTIVE MILITARY": frozenset(
        "SOLDIER SOLDIERS TROOPS COLONEL CAPTAIN LIEUTENANT SERGEANT GENERAL ARMY MILITARY MARINE MARINES OFFICER"
        " OFFICERS RECRUITS PARATROOPERS COMMANDER".split()
    ),
    "GOVERNMENT OFFICIAL": frozenset(
        "MINISTER MINISTERS MAYOR MAYORS GOVERNOR PRESIDENT DEPUTY DEPUTIES SENATOR CONGRESSMAN COUNCILMAN OFFICIAL"
        " OFFICIALS AUTHORITIES CABINET SECRETARY VICE".split()
    ),
}
_NO_POLITICIANS = frozenset("UNION LABOR PEASANT STUDENT WORKERS RELIGIOUS BANK COMPANY UNIVERSITY GUERRILLA".split())
_FORMER = frozenset("FORMER RETIRED EX".split())


def victim(description: str) -> str:
    """The type of a victim by title, office or description; civilian by default."""
    words = frozenset(re.findall(r"[A-Z]+", description))
    kind = next((kind for kind, known in _VICTIMS.items() if words & known), "CIVILIAN")
    if kind in ("POLITICAL FIGURE", "GOVERNMENT OFFICIAL") and words & _NO_POLITICIANS:
        return "CIVILIAN"
    if kind in ("ACTIVE MILITARY", "GOVERNMENT OFFICIAL") and words & _FORMER:
        return f"FORMER {kind}"
    return kind


def is_combatant(description: str) -> bool:
    """Whether a victim is a soldier or policeman on duty, or a fighter of the other side: no noncombatant."""
    fighters = frozenset(re.findall(r"[A-Z]+", description)) & _FIGHTERS
    return bool(fighters) or victim(description) in ("ACTIVE MILITARY", "LAW ENFORCEMENT")


_FIGHTERS = frozenset(
    "GUERRILLA GUERRILLAS GUERILLAS REBEL REBELS TERRORIST TERRORISTS SUBVERSIVE SUBVERSIVES EXTREMIST EXTREMISTS"
    " INSURGENTS COMBATANTS TRAFFICKERS GUNMEN ATTACKERS".split()
)


def is_military(thing: str) -> bool:
    """Whether what was attacked is a unit, post or vehicle of army or police."""
    return bool(frozenset(re.findall(r"[A-Z]+", thing)) & _UNITS)


_UNITS = frozenset(
    "BATTALION REGIMENT BRIGADE GARRISON BARRACKS MILITARY ARMY TROOPS PATROL DETACHMENT SQUADRON COMPANY POLICE"
    " INFANTRY ARTILLERY PLATOON CAVALRY".split()
)

_STATE = frozenset(
    "ARMY SOLDIER SOLDIERS POLICE POLICEMAN POLICEMEN GOVERNMENT MILITARY TROOPS OFFICER OFFICERS COLONEL LIEUTENANT"
    " LIEUTENANTS CAPTAIN GENERAL BATTALION BRIGADE NAVY MINISTRY AUTHORITIES FORCES FORCE GUARD REGIME".split()
)
_AGAINST = frozenset(
    "LIBERATION POPULAR REVOLUTIONARY FRONT PEOPLE GUERRILLA GUERRILLAS REBEL REBELS MOVEMENT TERRORIST SUBVERSIVE"
    " INSURGENT RETIRED FORMER".split()
)


def is_of_state(doer: str) -> bool:
    """Whether a perpetrator belongs to government, military or police."""
    words = frozenset(re.findall(r"[A-Z]+", doer))
    return bool(words & _STATE) and not words & _AGAINST


_MOVEMENTS = frozenset("LIBERATION REVOLUTIONARY FRONT MOVEMENT GUERRILLA GUERRILLAS PATH CARTEL MAFIA".split())


def is_movement(name: str) -> bool:
    """Whether an organization's name says that it fights or traffics."""
    return bool(frozenset(re.findall(r"[A-Z]+", name)) & _MOVEMENTS)
