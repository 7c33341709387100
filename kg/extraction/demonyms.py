"""A name of a country or an adjective of nationality in; the one English name of that country out.

Names follow the member list of the United Nations in its usual short English forms (plus the other places that news
treats as countries); adjectives and demonyms follow the "Nationality" field of the CIA World Factbook (public domain).
Compared without regard to case, dots and a leading "the". ``Georgia`` and ``Jordan`` are here too: whether the word is
a country, an American state or a person is what the entity's label says.
"""

# One line per country: name | other names | adjectives | nouns for its people where they differ (plurals are added).
_COUNTRIES = """
Afghanistan | Islamic Republic of Afghanistan, Islamic Emirate of Afghanistan | Afghan |
Albania | | Albanian |
Algeria | | Algerian |
Andorra | | Andorran |
Angola | | Angolan |
Antigua and Barbuda | Antigua | Antiguan, Barbudan |
Argentina | Argentine Republic | Argentine, Argentinian, Argentinean |
Armenia | | Armenian |
Australia | Commonwealth of Australia | Australian | Aussie
Austria | | Austrian |
Azerbaijan | | Azerbaijani, Azeri |
Bahamas | | Bahamian |
Bahrain | Kingdom of Bahrain | Bahraini |
Bangladesh | | Bangladeshi |
Barbados | | Barbadian | Bajan
Belarus | Byelorussia | Belarusian, Belarussian |
Belgium | | Belgian |
Belize | | Belizean |
Benin | | Beninese |
Bhutan | | Bhutanese |
Bolivia | Plurinational State of Bolivia | Bolivian |
Bosnia and Herzegovina | Bosnia, Bosnia-Herzegovina | Bosnian, Herzegovinian |
Botswana | | Botswanan | Motswana, Batswana
Brazil | | Brazilian |
Brunei | Brunei Darussalam | Bruneian |
Bulgaria | | Bulgarian |
Burkina Faso | | Burkinabe, Burkinabé |
Burundi | | Burundian |
Cambodia | Kampuchea | Cambodian |
Cameroon | | Cameroonian |
Canada | | Canadian |
Cape Verde | Cabo Verde | Cape Verdean, Cabo Verdean |
Central African Republic | | Central African |
Chad | | Chadian |
Chile | | Chilean |
China | People's Republic of China, PRC, mainland China | Chinese |
Colombia | | Colombian |
Comoros | | Comoran, Comorian |
Congo | Republic of the Congo, Congo-Brazzaville, Republic of Congo | |
Costa Rica | | Costa Rican |
Croatia | | Croatian | Croat
Cuba | | Cuban |
Cyprus | | Cypriot |
Czech Republic | Czechia | Czech |
Democratic Republic of the Congo | Democratic Republic of Congo, DRC, DR Congo, Congo-Kinshasa, Zaire | Congolese |
Denmark | | Danish | Dane
Djibouti | | Djiboutian |
Dominica | | |
Dominican Republic | | Dominican |
East Timor | Timor-Leste | East Timorese, Timorese |
Ecuador | | Ecuadorian, Ecuadorean |
Egypt | Arab Republic of Egypt | Egyptian |
El Salvador | | Salvadoran, Salvadorean |
Equatorial Guinea | | Equatorial Guinean, Equatoguinean |
Eritrea | | Eritrean |
Estonia | | Estonian |
Eswatini | Swaziland | Swazi |
Ethiopia | | Ethiopian |
Fiji | | Fijian |
Finland | | Finnish | Finn
France | French Republic | French | Frenchman, Frenchwoman
Gabon | | Gabonese |
Gambia | | Gambian |
Georgia | | Georgian |
Germany | Federal Republic of Germany | German |
Ghana | | Ghanaian |
Greece | Hellenic Republic | Greek, Hellenic |
Greenland | | Greenlandic | Greenlander
Grenada | | Grenadian |
Guatemala | | Guatemalan |
Guinea | | Guinean |
Guinea-Bissau | | Bissau-Guinean |
Guyana | | Guyanese |
Haiti | | Haitian |
Honduras | | Honduran |
Hong Kong | | Hongkonger, Hong Konger |
Hungary | | Hungarian |
Iceland | | Icelandic | Icelander
India | Republic of India | Indian |
Indonesia | | Indonesian |
Iran | Islamic Republic of Iran, Islamic Republic, Persia | Iranian |
Iraq | Republic of Iraq | Iraqi |
Ireland | Republic of Ireland | Irish | Irishman, Irishwoman
Israel | State of Israel | Israeli |
Italy | | Italian |
Ivory Coast | Côte d'Ivoire, Cote d'Ivoire | Ivorian |
Jamaica | | Jamaican |
Japan | | Japanese |
Jordan | Hashemite Kingdom of Jordan | Jordanian |
Kazakhstan | | Kazakhstani, Kazakh |
Kenya | | Kenyan |
Kiribati | | I-Kiribati |
Kosovo | | Kosovan, Kosovar |
Kuwait | | Kuwaiti |
Kyrgyzstan | Kyrgyz Republic | Kyrgyzstani, Kyrgyz |
Laos | Lao PDR | Laotian, Lao |
Latvia | | Latvian |
Lebanon | | Lebanese |
Lesotho | | Basotho | Mosotho
Liberia | | Liberian |
Libya | State of Libya | Libyan |
Liechtenstein | | | Liechtensteiner
Lithuania | | Lithuanian |
Luxembourg | | Luxembourgish | Luxembourger
Madagascar | | Malagasy, Madagascan |
Malawi | | Malawian |
Malaysia | | Malaysian |
Maldives | | Maldivian |
Mali | | Malian |
Malta | | Maltese |
Marshall Islands | | Marshallese |
Mauritania | | Mauritanian |
Mauritius | | Mauritian |
Mexico | United Mexican States | Mexican |
Micronesia | Federated States of Micronesia | Micronesian |
Moldova | Republic of Moldova | Moldovan |
Monaco | | Monegasque, Monégasque |
Mongolia | | Mongolian |
Montenegro | | Montenegrin |
Morocco | Kingdom of Morocco | Moroccan |
Mozambique | | Mozambican |
Myanmar | Burma | Burmese, Myanma |
Namibia | | Namibian |
Nauru | | Nauruan |
Nepal | | Nepalese, Nepali |
Netherlands | Holland | Dutch | Dutchman, Dutchwoman
New Zealand | Aotearoa | | New Zealander, Kiwi
Nicaragua | | Nicaraguan |
Niger | | Nigerien |
Nigeria | | Nigerian |
North Korea | Democratic People's Republic of Korea, DPRK | North Korean |
North Macedonia | Macedonia, FYROM | Macedonian, North Macedonian |
Norway | | Norwegian |
Oman | | Omani |
Pakistan | Islamic Republic of Pakistan | Pakistani |
Palau | | Palauan |
Palestine | State of Palestine, Palestinian territories, occupied Palestinian territories | Palestinian |
Panama | | Panamanian |
Papua New Guinea | | Papua New Guinean |
Paraguay | | Paraguayan |
Peru | | Peruvian |
Philippines | Republic of the Philippines | Philippine, Filipino | Filipina
Poland | | Polish | Pole
Portugal | | Portuguese |
Puerto Rico | | Puerto Rican |
Qatar | State of Qatar | Qatari |
Romania | | Romanian |
Russia | Russian Federation | Russian |
Rwanda | | Rwandan |
Saint Kitts and Nevis | St Kitts and Nevis | Kittitian, Nevisian |
Saint Lucia | St Lucia | Saint Lucian, St Lucian |
Saint Vincent and the Grenadines | St Vincent and the Grenadines | Vincentian |
Samoa | | Samoan |
San Marino | | Sammarinese |
Sao Tome and Principe | São Tomé and Príncipe | Sao Tomean |
Saudi Arabia | Kingdom of Saudi Arabia, KSA | Saudi, Saudi Arabian |
Senegal | | Senegalese |
Serbia | | Serbian | Serb
Seychelles | | Seychellois |
Sierra Leone | | Sierra Leonean |
Singapore | | Singaporean |
Slovakia | Slovak Republic | Slovak, Slovakian |
Slovenia | | Slovenian, Slovene |
Solomon Islands | | Solomon Islander |
Somalia | | Somali, Somalian |
South Africa | | South African |
South Korea | Republic of Korea, ROK | South Korean |
South Sudan | | South Sudanese |
Soviet Union | USSR, Union of Soviet Socialist Republics | Soviet |
Spain | Kingdom of Spain | Spanish | Spaniard
Sri Lanka | Ceylon | Sri Lankan |
Sudan | | Sudanese |
Suriname | | Surinamese |
Sweden | | Swedish | Swede
Switzerland | Swiss Confederation | Swiss |
Syria | Syrian Arab Republic | Syrian |
Taiwan | Republic of China, Chinese Taipei | Taiwanese |
Tajikistan | | Tajikistani, Tajik |
Tanzania | | Tanzanian |
Thailand | Siam | Thai |
Togo | | Togolese |
Tonga | | Tongan |
Trinidad and Tobago | Trinidad | Trinidadian, Tobagonian |
Tunisia | | Tunisian |
Turkey | Türkiye, Turkiye, Republic of Turkey | Turkish | Turk
Turkmenistan | | Turkmen, Turkmenistani |
Tuvalu | | Tuvaluan |
Uganda | | Ugandan |
Ukraine | | Ukrainian |
United Arab Emirates | UAE, Emirates | Emirati |
United Kingdom | UK, Britain, Great Britain, GB | British | Briton, Brit
United States | US, USA, America, United States of America, U.S. of A | American |
Uruguay | | Uruguayan |
Uzbekistan | | Uzbekistani, Uzbek |
Vanuatu | | Vanuatuan, Ni-Vanuatu |
Vatican City | Vatican, Holy See | |
Venezuela | Bolivarian Republic of Venezuela | Venezuelan |
Vietnam | Viet Nam, Socialist Republic of Vietnam | Vietnamese |
Western Sahara | | Sahrawi |
Yemen | Republic of Yemen | Yemeni |
Yugoslavia | | Yugoslav, Yugoslavian |
Zambia | | Zambian |
Zimbabwe | Rhodesia | Zimbabwean |
"""


def _key(words: str) -> str:
    """The form in which names are compared: lower case, no dots, straight apostrophes, no leading article."""
    plain = words.replace(".", "").replace("’", "'").casefold()
    return " ".join(plain.split()).removeprefix("the ")


def _listed(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",") if word.strip()]


def _plural(noun: str) -> str:
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    return noun if noun.endswith(("s", "ese", "ish", "ch")) else noun + "s"


def _read() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        name, others, adjective, nouns = (cell.strip() for cell in line.split("|"))
        names.update((_key(form), name) for form in [name, *_listed(others)])
        adjectives.update((_key(form), name) for form in _listed(adjective))
        for noun in [*_listed(adjective), *_listed(nouns)]:
            people[_key(noun)] = people[_key(_plural(noun))] = name
    return names, adjectives, people


_NAMES, _ADJECTIVES, _PEOPLE = _read()


def country(name: str) -> str | None:
    """The English name of the country that ``name`` names ("U.S." → "United States"), or None."""
    return _NAMES.get(_key(name))


def country_of(adjective: str) -> str | None:
    """The country of an adjective of nationality ("Iranian" → "Iran") or of a name used as one ("U.S."); else None."""
    return _ADJECTIVES.get(_key(adjective)) or country(adjective)


def country_of_people(noun: str) -> str | None:
    """The country whose people a noun names ("Iranians", "a Dane"), or None."""
    return _PEOPLE.get(_key(noun))
