"""The suggestions about words: what calls for one, and what never does."""

import tomllib

import pytest
from test_content import texts

from widgets.content import DATA, LANGUAGES, load, words
from widgets.exercises.base import LinesField, Text, TextField
from widgets.exercises.form import Form
from widgets.lints import Lint, suggestions

LINTS = load().lints
X = Text(nl="x", en="x")

CALLS = [
    ("camera", "nl", "Hij komt altijd te laat", "altijd"),
    ("camera", "nl", "Ze luistert nooit.", "nooit"),
    ("camera", "nl", "Hij deed het expres!", "expres"),
    ("camera", "nl", "Dat was RESPECTLOOS", "RESPECTLOOS"),
    ("camera", "en", "She never listens", "never"),
    ("camera", "en", "He did it on purpose", "on purpose"),
    ("camera", "en", "A disrespectful answer", "disrespectful"),
    ("plan_then", "nl", "dan word ik niet boos", "niet"),
    ("plan_then", "nl", "dan geef ik geen advies", "geen"),
    ("plan_then", "nl", "dan onderbreek ik hem nooit", "nooit"),
    ("plan_then", "nl", "dan praat ik minder", "minder"),
    ("plan_then", "nl", "dan probeer ik te luisteren", "probeer"),
    ("plan_then", "nl", "dan ga ik proberen te luisteren", "proberen"),
    ("plan_then", "en", "then I do not get angry", "not"),
    ("plan_then", "en", "then I don’t interrupt", "don’t"),
    ("plan_then", "en", "then I can't answer", "can't"),
    ("plan_then", "en", "then I give no advice", "no advice"),
    ("plan_then", "en", "then I talk less", "less"),
    ("plan_then", "en", "then I try to listen", "try"),
    ("plan_if", "nl", "als ik vaak onderbroken word", "vaak"),
    ("plan_if", "en", "if I sometimes feel rushed", "sometimes"),
    ("mirror", "nl", "Jij bent een goede leider", "Jij bent"),
    ("mirror", "nl", "Je bent zo slordig", "Je bent zo"),
    ("mirror", "nl", "Dat doe je altijd", "altijd"),
    ("mirror", "nl", "Typisch Anna", "Typisch"),
    ("mirror", "nl", "Je moet vaker doorvragen", "Je moet"),
    ("mirror", "en", "You are a natural leader", "You are a"),
    ("mirror", "en", "You’re too quick", "You’re too"),
    ("mirror", "en", "You should ask more", "You should"),
    ("moment", "nl", "altijd rustig bleef", "altijd"),
    ("moment", "nl", "Ik ben heel geduldig", "Ik ben heel"),
    ("moment", "nl", "over het algemeen goed luisterde", "over het algemeen"),
    ("moment", "en", "usually kept calm", "usually"),
    ("moment", "en", "I’m very patient", "I’m very"),
    ("labelling", "nl", "Ik ben nu eenmaal streng", "Ik ben nu eenmaal"),
    ("labelling", "nl", "Dan word ik boos, zo ben ik", "zo ben ik"),
    ("labelling", "nl", "dat zit in mijn karakter", "mijn karakter"),
    ("labelling", "en", "That is just who I am", "who I am"),
    ("labelling", "en", "I am a control freak", "I am a"),
    ("challenge", "nl", "niet zo hard zijn", "niet"),
    ("challenge", "nl", "minder controleren", "minder"),
    ("challenge", "nl", "stoppen met zeuren", "stoppen"),
    ("challenge", "en", "not being so hard", "not"),
    ("challenge", "en", "stop checking", "stop"),
    ("challenge", "en", "no more checking", "no"),
    ("claims", "nl", "Meet je leiderschap", "Meet je leiderschap"),
    ("claims", "nl", "Test je leiderschap", "Test je leiderschap"),
    ("claims", "nl", "Score je leiderschap", "Score je leiderschap"),
    ("claims", "nl", "Boven de norm", "norm"),
    ("claims", "nl", "De gemiddelde Nederlander", "gemiddelde Nederlander"),
    ("claims", "nl", "Dit is bewezen", "bewezen"),
    ("claims", "nl", "Een significant verschil", "significant"),
    ("claims", "en", "A significant change", "significant"),
    ("claims", "en", "Measure your leadership", "Measure your leadership"),
    ("clinical", "nl", "Dit lijkt op een burn-out", "burn-out"),
    ("clinical", "nl", "Een jeugdtrauma? Nee: trauma", "trauma"),
    ("clinical", "nl", "een persoonlijkheidsstoornis", "persoonlijkheidsstoornis"),
    ("clinical", "nl", "Dat is jouw type", "type"),
    ("clinical", "nl", "Jouw profiel", "profiel"),
    ("clinical", "en", "Your profile", "profile"),
    ("clinical", "en", "This is no diagnosis", "diagnosis"),
    ("clinical", "en", "Which type are you?", "Which type"),
]
ORDINARY = [
    ("camera", "nl", "Zij pakte haar telefoon terwijl ik sprak, om 10.05 uur."),
    ("camera", "nl", "Hij draaide luid aan de expresso; altijddurend lawaai"),
    ("camera", "en", "He looked at his phone while I was speaking."),
    ("camera", "en", "Nevertheless she left; two express trains passed."),
    ("plan_then", "nl", "dan adem ik uit en stel ik één vraag"),
    ("plan_then", "nl", "dan laat ik ze van de taart genieten, ook de minderheid"),
    ("plan_then", "nl", "dan zeg ik nee en leg ik uit waarom"),
    ("plan_then", "en", "then I say no to the extra task"),
    ("plan_then", "en", "then I note one thing and ask another question"),
    ("plan_then", "en", "then I bless the country with an entry, unless it rains"),
    ("plan_if", "nl", "als Jan in het overleg van maandag ‘ja maar’ zegt"),
    ("plan_if", "nl", "als ik om negen uur mijn mail open"),
    ("plan_if", "en", "as soon as the Monday meeting starts"),
    ("plan_if", "en", "whenever the phone rings after six"),
    ("mirror", "nl", "Ik zag dat je opstond en dat je moest lachen."),
    ("mirror", "nl", "Ik hoorde je twee vragen stellen, daarna bent je stil"),
    ("mirror", "en", "I saw that you are taking notes and asked a question."),
    ("mirror", "en", "I heard you ask twice."),
    ("moment", "nl", "een nieuwe collega drie keer hetzelfde uitlegde"),
    ("moment", "nl", "op maandag zei: ik ben er tot vier uur"),
    ("moment", "en", "explained it to a new colleague for the third time"),
    ("labelling", "nl", "alles zelf doen als ik te laat ben"),
    ("labelling", "nl", "Ik ga sneller praten en kijk niemand aan."),
    ("labelling", "en", "I talk faster and I am the last to leave."),
    ("challenge", "nl", "nee zeggen en ruimte laten"),
    ("challenge", "en", "saying no; daring to finish, unless asked"),
    ("claims", "nl", "Dit is geen les met normen; we testen het idee samen."),
    ("claims", "en", "Normally we ask what the group found."),
    ("clinical", "nl", "Je typt snel en handelt daarna."),
    ("clinical", "en", "Treat others with respect while typing."),
]


@pytest.mark.parametrize(("name", "language", "text", "word"), CALLS)
def test_a_word_calls_for_a_suggestion(name, language, text, word):
    assert LINTS[name].word_in(text, language) == word


@pytest.mark.parametrize(("name", "language", "text"), ORDINARY)
def test_an_ordinary_sentence_calls_for_none(name, language, text):
    assert LINTS[name].word_in(text, language) == ""


def test_every_suggestion_is_tried_in_both_languages_both_ways():
    for cases in (CALLS, ORDINARY):
        tried = {(name, language) for name, language, *_ in cases}
        assert tried == {(name, language) for name in LINTS for language in LANGUAGES}


def form(*fields) -> Form:
    own = {"id": "a/b", "type": "form", "ref": "E", "concepts": ()}
    return Form(title=X, prompt=X, evidence=X, field=fields, **own)


def test_suggestions_name_the_field_and_the_word_in_the_language_of_the_reader():
    then = TextField(key="then", privacy="A", lints=("plan_then", "mirror"))
    ways = LinesField(key="ways", privacy="A", lints=("plan_then",))
    free = TextField(key="free", privacy="A")
    asked = form(then, ways, free)
    answer = {
        "then": "dan word ik nooit boos",
        "ways": ["vragen", "niets doen"],
        "free": "niet",
    }
    plan = "Een plan zegt wat je wél doet."
    assert suggestions(LINTS, asked, answer, "nl") == [
        {"field": "then", "word": "nooit", "text": plan},
        {"field": "then", "word": "nooit", "text": LINTS["mirror"].text.nl},
        {"field": "ways", "word": "niets", "text": plan},
    ]
    assert suggestions(LINTS, asked, answer, "en") == []
    assert suggestions(LINTS, asked, {"then": " ", "ways": []}, "nl") == []


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no regular expression"):
        Lint(text=X, nl=("(",), en=("no",))


# These say what the workbook is not, in words of which that is the point.
STANDARD = (
    "Dit is geen gevalideerde test. Er zijn geen normen en de betrouwbaarheid is niet "
    "onderzocht. Gebruik het als spiegel, niet als oordeel.",
    "This is not a validated test. There are no norms and its reliability has not been "
    "studied. Use it as a mirror, not as a verdict.",
    "Dit is een training, geen behandeling.",
    "This is training, not treatment.",
)


def without_standard(text: str) -> str:
    for sentence in STANDARD:
        text = text.replace(sentence, "")
    return text


def our_texts(name, language) -> list[str]:
    book = load()
    said = [text.in_(language) for text in texts(book.exercises)]
    for module in book.modules.values():
        # A trainer reads what to keep out of the room, in its own words.
        own = set(texts(module.trainer)) if name == "clinical" else set()
        said += [text.in_(language) for text in set(texts(module)) - own]
    suggested = [LINTS[name].text.in_(language) for name in LINTS]
    interface = [word for table in words(language).values() for word in table.values()]
    return said + suggested + interface


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["claims", "clinical"])
def test_no_text_of_ours_claims_or_diagnoses(name, language):
    found = {
        text: word
        for text in map(without_standard, our_texts(name, language))
        if (word := LINTS[name].word_in(text, language))
    }
    assert found == {}


def test_the_file_of_lints_holds_nothing_that_nobody_reads():
    table = tomllib.loads((DATA / "lints.toml").read_text("utf-8"))
    assert set(table) == set(LINTS)
