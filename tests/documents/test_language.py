"""English or not, and what else it looks like."""

import pytest

from kg.documents.language import foreign_language, is_english
from tests.documents.articles import REPORT

OTHERS = {
    "German": "Bei einem Anschlag in der Innenstadt sind am Mittwoch drei Menschen ums Leben gekommen. Die Polizei"
    " sucht nach weiteren Tätern.",
    "French": "Le président a déclaré mercredi que le gouvernement ne changera pas la loi sur les retraites, malgré les"
    " manifestations dans tout le pays.",
    "Spanish": "El presidente dijo el miércoles que el gobierno no cambiará la ley de pensiones a pesar de todo.",
    "Italian": "Il presidente ha detto mercoledì che il governo non cambierà la legge, nonostante le proteste.",
    "Portuguese": "O presidente disse na quarta-feira que o governo não vai mudar a lei, apesar dos protestos.",
    "Dutch": "De president zei woensdag dat de regering de wet niet zal veranderen, ondanks de protesten in het land.",
    "Swedish": "Presidenten sade på onsdagen att regeringen inte kommer att ändra lagen, trots protester som pågår.",
    "Danish or Norwegian": "Præsidenten sagde onsdag, at regeringen ikke vil ændre loven, på trods af de protester, der"
    " har bredt sig til hele landet.",
    "Polish": "Prezydent powiedział w środę, że rząd nie zmieni ustawy, mimo protestów, które już są w kraju.",
    "Hungarian": "A miniszterelnök szerdán bejelentette, hogy a kormány nem fogja megváltoztatni a törvényt, mert az"
    " emberek többsége egyetért vele, és ez így van jól.",
    "Finnish": "Pääministeri ilmoitti keskiviikkona, että hallitus ei aio muuttaa lakia, koska se on hyvä ja oikea.",
    "Romanian": "Președintele a declarat miercuri că guvernul nu va schimba legea, în ciuda protestelor care au loc.",
    "Czech or Slovak": "Prezident ve středu řekl, že vláda nezmění zákon, přestože se protesty už rozšířily.",
    "the Cyrillic script": "Президент заявил в понедельник, что страна готова к переговорам.",
    "the Arabic script": "قال متحدث باسم الحكومة يوم الأربعاء إن الانفجار أسفر عن مقتل عشرة أشخاص",
    "Chinese or Japanese": "中国外交部发言人星期三在北京表示，中方反对任何形式的单边制裁。",
    "Korean": "대통령은 수요일에 정부가 법을 바꾸지 않을 것이라고 말했다",
    "no language known here": "Rais alisema siku ya Jumatano kwamba serikali haitabadilisha sheria ya pensheni licha ya"
    " maandamano ambayo yameenea kote nchini humo.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    assert foreign_language(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Two die in Halden",
        "Two killed in blast in Kabul, police say in statement on Wednesday evening",
        "A U.S. drone and U.S. troops in an A-10 struck at U.S. foes, a U.S. officer, Lt. S. U. Doe, said",
        "The mayor of Kyiv (Київ), Віталій Кличко, said in a statement that two people had died on Wednesday.",
        "Jean de la Fontaine and Marie de la Tour, of the town of Saint-Denis, were among the dead, the police said.",
        "12345 67890",
    ],
)
def test_english_is_english_with_any_names_in_it(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    ("code", "expected"), [("en", True), ("EN-gb", True), ("eng", True), ("de", False), ("enm", False)]
)
def test_language_codes(code: str, expected: bool) -> None:
    assert is_english(code) is expected
