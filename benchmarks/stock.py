"""The German stock that generated texts are composed of: topics, places, and sentences with gaps.

A gap in braces is filled by `Writer`: `{ort}` a town, `{dinge}` and `{gruppe}` plurals that are the same as subject and
as object, `{dingen}` and `{gruppen}` their dative, `{frist}` a span of time, `{ref}` a reference to another record.
Sentences use a gap only where its form fits, so whatever is composed reads as German.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Topic(NamedTuple):
    """What a measure is about: its title, the things it makes and the groups it serves (both plural)."""

    title: str
    things: str
    groups: str


TOPICS: dict[str, tuple[Topic, ...]] = {
    "WIR": (
        Topic("Transformationsfonds Zulieferer", "Beteiligungen", "Zulieferbetriebe"),
        Topic("Gewerbeflächenverbund", "Gewerbeflächen", "Städte und Gemeinden"),
        Topic("Ansiedlungsservice Halbleiter-Zulieferung", "Standortangebote", "Halbleiterbetriebe"),
        Topic("Kreislaufzentrum Batterie", "Demontagelinien", "Verwertungsbetriebe"),
        Topic("Nachfolgeagentur Mittelstand", "Übergabepläne", "Familienbetriebe"),
        Topic("Gründungsnetz Industrie", "Gründungswerkstätten", "Gründungsteams"),
        Topic("Diversifizierungslotsen", "Marktanalysen", "Fahrzeugzulieferer"),
        Topic("Wasserstoff in der Produktion", "Versorgungsinseln", "Gießereien und Härtereien"),
        Topic("Exportinitiative Maschinenbau", "Auslandsmessen", "Maschinenbaubetriebe"),
        Topic("Genehmigungslabor", "Musterverfahren", "Genehmigungsbehörden"),
    ),
    "WIS": (
        Topic("Reallabor Automatisiertes Fahren", "Teststrecken", "Verkehrsbetriebe"),
        Topic("Transferverbund Hochschulen", "Transferteams", "Hochschulinstitute"),
        Topic("Leichtbau-Demonstrator", "Demonstratoren", "Leichtbaubetriebe"),
        Topic("Werkstatt für lernende Maschinen", "Übungsanlagen", "Fertigungsbetriebe"),
        Topic("Testfeld Mikroelektronik", "Prüfplätze", "Elektronikbetriebe"),
        Topic("Innovationscampus Textil", "Versuchslinien", "Textilbetriebe"),
        Topic("Forschungsfabrik Recycling", "Sortieranlagen", "Entsorgungsbetriebe"),
        Topic("Anwendungszentrum Robotik", "Roboterzellen", "Handwerksbetriebe"),
        Topic("Regionaler Validierungsfonds", "Machbarkeitsstudien", "Forschungsteams"),
        Topic("Datenraum Industrie", "Datenschnittstellen", "Softwarehäuser"),
    ),
    "INF": (
        Topic("Bahnkorridor Nord", "Bahnsteige", "Berufspendlerinnen und Berufspendler"),
        Topic("Taktverdichtung Magistrale", "Anschlüsse", "Fahrgäste"),
        Topic("Ladenetz Nutzfahrzeuge", "Ladeparks", "Speditionen"),
        Topic("Güterverkehrsterminal", "Umschlaggleise", "Verlader"),
        Topic("Glasfaser für Gewerbegebiete", "Glasfasertrassen", "Gewerbebetriebe"),
        Topic("Industriestromnetz", "Umspannwerke", "Industriebetriebe"),
        Topic("Verkehr auf Abruf", "Rufbuslinien", "Schichtarbeitende"),
        Topic("Radschnellweg", "Radwegeabschnitte", "Radfahrende"),
        Topic("Funknetz für Industriekorridore", "Funkstandorte", "Logistikbetriebe"),
        Topic("Brückenprogramm Schwerlast", "Brücken", "Anlagenbauer"),
    ),
    "BIL": (
        Topic("Weiterbildungsverbund Antriebswandel", "Lehrgänge", "Beschäftigte"),
        Topic("Berufsschulcampus Mechatronik", "Lernfabriken", "Auszubildende"),
        Topic("Welcome-Verbund Fachkräfte", "Anlaufstellen", "zugewanderte Fachkräfte"),
        Topic("Allianz für Technik an Schulen", "Schülerlabore", "Schulen"),
        Topic("Duale Studienplätze plus", "Studienplätze", "Studierende"),
        Topic("Rückkehrkampagne", "Rückkehrtage", "Rückkehrwillige"),
        Topic("Qualifizierungsdrehscheibe", "Beratungsstellen", "Arbeitsuchende"),
        Topic("Meisterzentrum Handwerk", "Meisterkurse", "Gesellinnen und Gesellen"),
        Topic("Berufsorientierung Zukunftsbranchen", "Praxiswochen", "Jugendliche"),
        Topic("Sprachbrücke Betrieb", "Sprachkurse", "neue Beschäftigte"),
    ),
    "DAS": (
        Topic("Telemedizinverbund", "Behandlungsplätze", "Kliniken und Praxen"),
        Topic("Interkommunales Verwaltungszentrum", "Fachdienste", "Gemeindeverwaltungen"),
        Topic("Gesundheitscampus", "Ausbildungsstationen", "Pflegekräfte"),
        Topic("Digitale Bürgerdienste im Verbund", "Onlinedienste", "Bürgerinnen und Bürger"),
        Topic("Kinderbetreuung Schichtarbeit", "Betreuungsplätze", "Eltern im Schichtdienst"),
        Topic("Werkswohnen", "Wohnungen auf Zeit", "zugezogene Familien"),
        Topic("Kulturachse Industriekultur", "Ausstellungsorte", "Museen und Vereine"),
        Topic("Regionale Pflegeallianz", "Pflegestützpunkte", "pflegende Angehörige"),
        Topic("Mobile Versorgungszentren", "Sprechstunden", "Menschen in kleinen Orten"),
        Topic("Kommunaler Fachkräftepool", "Springerstellen", "kleine Verwaltungen"),
    ),
}

REGIONS = (
    "", "Vogtland", "Erzgebirge", "Mittelsachsen", "Zwickauer Land", "Chemnitz", "Muldental", "Göltzschtal",
    "Zschopautal", "Striegistal", "Oberes Elstertal", "Lungwitztal", "Würschnitztal", "Pleißental",
)  # fmt: skip

TOWNS = (
    "Annaberg-Buchholz", "Aue", "Auerbach", "Chemnitz", "Crimmitschau", "Döbeln", "Flöha", "Freiberg", "Glauchau",
    "Hohenstein-Ernstthal", "Limbach-Oberfrohna", "Marienberg", "Meerane", "Mittweida", "Oelsnitz", "Olbernhau",
    "Plauen", "Reichenbach", "Stollberg", "Werdau", "Zschopau", "Zwickau",
)  # fmt: skip

SPANS = ("sechs Monaten", "neun Monaten", "einem Jahr", "achtzehn Monaten", "zwei Jahren", "drei Jahren")

# A record's texts, a key a pool; `Writer` takes from each pool without repeating itself within one text.
SITUATION = (
    "{Gruppe} in {ort} und {ort2} stehen vor Entscheidungen, die ein einzelner Standort nicht tragen kann.",
    "Zwischen {ort} und {ort2} fehlen bisher {dinge}, die mehreren offenstehen.",
    "Was es an {dingen} gibt, ist veraltet, ausgebucht oder nur für einen kleinen Kreis zugänglich.",
    "Wer heute etwas Neues erproben will, fährt von {ort} aus oft weiter als zwei Stunden.",
    "Die Nachfrage schwankt stark, und keine Stelle kann allein vorhalten, was nur zeitweise gebraucht wird.",
    "Kleine Einheiten haben selten Personal, das sich ausschließlich um solche Aufgaben kümmert.",
    "Fachwissen ist in der Region vorhanden, verteilt sich aber auf viele Häuser, die wenig voneinander wissen.",
    "In {ort} liegen brauchbare Gebäude leer, während in {ort2} Flächen fehlen.",
    "Vorarbeiten in {ort} zeigen, dass die Technik funktioniert; offen ist, wer sie dauerhaft betreibt.",
    "Genehmigung, Finanzierung und Betrieb liegen bei verschiedenen Stellen, die nacheinander statt gemeinsam arbeiten.",
    "Für {gruppe} zählt vor allem Verlässlichkeit: Ein Angebot, das nach der Förderung endet, hilft ihnen nicht.",
    "Der Wandel der Fahrzeugindustrie verkürzt die Zeit, in der sich neue Lösungen entwickeln lassen.",
    "Ohne gemeinsames Vorgehen wandern Aufträge und Fachkräfte in Räume ab, die schneller entscheiden.",
    "Ähnliche Vorhaben sind an zu kleinem Zuschnitt gescheitert, nicht an fehlendem Bedarf.",
    "Die Wege zwischen {ort} und {ort2} sind kurz, die Zuständigkeiten dagegen enden an der Kreisgrenze.",
    "Mehrere Befragungen der Kammern nennen denselben Engpass, ohne dass bisher jemand dafür zuständig wäre.",
    "Steigende Preise für Energie und Bau treffen {gruppe} härter als große Unternehmen.",
    "Erste Gespräche in {ort} haben gezeigt, dass {gruppe} bereit sind, sich zu beteiligen, wenn die Regeln klar sind.",
)
GOAL = (
    "Am Ende der Laufzeit nutzen {gruppe} aus allen fünf Mitgliedern des Regionalkonvents dieselben {dinge}.",
    "{Dinge} stehen dort bereit, wo der Bedarf am größten ist, und sind in höchstens einer Stunde erreichbar.",
    "Aus einzelnen Versuchen wird ein Angebot, auf das sich {gruppe} über Jahre verlassen können.",
    "Die Maßnahme senkt die Schwelle, etwas Neues zu beginnen, und teilt das Risiko auf mehrere Schultern.",
    "Entscheidungen, die heute Jahre dauern, sollen binnen {frist} fallen.",
    "Was in {ort} gelingt, wird so beschrieben, dass es in {ort2} ohne neue Planung übernommen werden kann.",
    "Gefördert wird der Aufbau; der Betrieb trägt sich nach {frist} überwiegend aus Entgelten und Beiträgen.",
    "Vorhandene Gebäude und Netze werden zuerst genutzt, neue entstehen nur, wo nichts Brauchbares da ist.",
    "Beschäftigte sollen den Nutzen spüren, bevor ihre bisherige Tätigkeit entfällt.",
    "Der Zugang richtet sich nach veröffentlichten Regeln und nicht nach der Größe des Hauses.",
    "Messbar wird der Erfolg an der Nutzung, nicht an der Zahl der eröffneten Orte.",
    "Die Maßnahme ersetzt keine Pflichtaufgabe, sie verbindet, was bisher getrennt geplant wird.",
)
AIMS = (
    "**Zugang:** {dinge} sind für {gruppe} zu gleichen Bedingungen nutzbar.",
    "**Tempo:** Zwischen Anfrage und erstem Einsatz liegen höchstens zwölf Wochen.",
    "**Dauer:** Der Betrieb ist über das Ende der Förderung hinaus vereinbart.",
    "**Reichweite:** Angebote gibt es mindestens in {ort}, {ort2} und einem weiteren Ort.",
    "**Qualität:** Ergebnisse werden nach einem gemeinsamen Verfahren geprüft und veröffentlicht.",
    "**Kosten:** {gruppe} zahlen weniger, als ein eigener Aufbau kosten würde.",
    "**Wissen:** Erfahrungen fließen in Ausbildung und Weiterbildung zurück.",
    "**Offenheit:** Neue Beteiligte können jedes Jahr zum Beginn des Quartals hinzukommen.",
)
STEPS = (  # in order of time, as the milestones
    "**Trägerschaft klären.** Die Beteiligten vereinbaren Aufgaben, Stimmrechte und einen Wirtschaftsplan. Ein Beirat aus {gruppen} begleitet die ersten {jahre} Jahre.",
    "**Bedarf erheben.** In {ort} und {ort2} werden {gruppe} befragt. Das Ergebnis legt fest, wie viele {dinge} zuerst entstehen und welche warten können.",
    "**Standorte sichern.** Geprüft werden vorhandene Gebäude in {ort}. Den Ausschlag geben Erreichbarkeit, Anschlussleistung und die Zeit bis zur Genehmigung.",
    "**Regeln veröffentlichen.** Entgelte, Wartezeiten und Haftung stehen in einer Ordnung, die für alle gilt. Sie wird nach {frist} überprüft.",
    "**Verfahren bündeln.** Alle Genehmigungen laufen über einen gemeinsamen Terminplan. Offene Fragen kommen in {ort} an einen Tisch, bevor ein Antrag gestellt wird.",
    "**Ausstattung beschaffen.** {Dinge} werden gemeinsam bestellt und baugleich ausgeführt. Das senkt den Preis und erlaubt, Ersatzteile zu teilen.",
    "**Personal gewinnen.** Für den Aufbau sind wenige feste Stellen vorgesehen. Spezielles Wissen kommt auf Zeit von den Beteiligten und wird nach Stunden abgerechnet.",
    "**Pilot betreiben.** Ein erster Standort in {ort} nimmt nach {frist} den Betrieb auf. Er arbeitet bewusst mit wenig Ausstattung, damit Fehler früh und billig auffallen.",
    "**Ausbau in Losen.** Nach dem Pilot folgen {ort2} und ein weiterer Ort. Ausgeschrieben wird nach Gewerken, damit auch kleine Anbieter zum Zug kommen.",
    "**Ergebnisse teilen.** Messwerte, Baupläne und Verträge werden so aufbereitet, dass {gruppe} sie ohne Rückfrage verwenden können.",
    "**Wirkung messen.** Ausgangswerte liegen vor dem Beginn vor. Gemessen wird jährlich, die Auswertung übernimmt eine Stelle außerhalb der Trägerschaft.",
    "**Betrieb übergeben.** Spätestens ein Jahr vor dem Ende wird entschieden, wer {dinge} weiterführt. Gelingt das nicht, werden sie an {gruppe} übertragen.",
)
NEXUS = (
    "Mit {ref} stimmt sich das Vorhaben jährlich ab.",
    "Wie beide Vorhaben ineinandergreifen, zeigt {ref}.",
    "Bauzeiten und Ausschreibungen folgen dem Plan von {ref}.",
    "Erfahrungen aus {ref} fließen in die zweite Stufe ein.",
)
CITES = (
    "Der Anlass ist unter {zitat} beschrieben.",
    "Den Rahmen dafür setzt {zitat}.",
    "Näheres dazu nennt {zitat}.",
)
CLOSINGS = (
    "Bleibt der Pilot hinter den Erwartungen, endet die Maßnahme nach dieser Stufe, und die Mittel werden frei.",
    "Jede Stufe beginnt erst, wenn die vorige abgerechnet und ausgewertet ist.",
    "Öffentliche Mittel tragen nur, was sich nicht aus Entgelten decken lässt.",
    "Die Reihenfolge ist verbindlich; schneller geht es nur, wenn alle Beteiligten zustimmen.",
    "Über Abweichungen von mehr als einem Zehntel der Kosten entscheidet das Gremium der Träger.",
)
SUMMARY = (
    "{Gruppe} in {ort} und {ort2} erhalten gemeinsam genutzte {dinge}. Der Verbund senkt Kosten und verkürzt den Weg zur Anwendung.",
    "In {ort} und {ort2} entstehen {dinge}, die allen offenstehen. {Gruppe} können damit früher entscheiden und investieren.",
    "Die Maßnahme schafft {dinge} an mehreren Orten. Sie hilft vor allem {gruppen}, die allein nicht handeln könnten.",
    "Mehrere Träger betreiben {dinge} künftig im Verbund. Davon profitieren {gruppe} weit über {ort} hinaus.",
)
EFFECTS = (
    "Ergebnisse werden bundesweit veröffentlicht; {gruppe} auch außerhalb Sachsens können sie ohne Lizenz übernehmen.",
    "Die Maßnahme verbindet {ort} und {ort2} mit Nachbarregionen in Thüringen, Bayern und Tschechien.",
    "{Dinge} dieser Art gibt es in Mitteldeutschland bisher nicht; sie ziehen Aufträge aus anderen Ländern an.",
)
MILESTONES = (
    "Trägerschaft vereinbart und Regeln beschlossen", "Bedarf in allen Kreisen erhoben", "Standort in {ort} gesichert",
    "Genehmigungen für den Pilot erteilt", "Pilot in {ort} im Betrieb", "Zweiter Standort in {ort2} eröffnet",
    "Zwischenbilanz mit Entscheidung über den Ausbau", "Alle {dinge} in Betrieb", "Betrieb dauerhaft übergeben",
)  # fmt: skip
INDICATORS = (
    ("Eröffnete {dinge}", "Anzahl", "output", "Bericht der Träger"),
    ("Teilnehmende Einrichtungen", "Anzahl", "output", "Verzeichnis der Träger"),
    ("Nutzungen im Jahr", "Anzahl", "ergebnis", "Buchungen des Verbunds"),
    ("Auslastung im Jahresmittel", "%", "ergebnis", "Betriebsdaten"),
    ("Dauer von der Anfrage bis zum Einsatz", "Wochen", "ergebnis", "Auftragsbuch des Verbunds"),
    ("Gesicherte oder neue Arbeitsplätze", "Anzahl", "wirkung", "Befragung der Nutzenden"),
    ("Eingesparter Energieeinsatz", "MWh/a", "wirkung", "Messung vor und nach der Umstellung"),
    ("Anteil eigener Einnahmen am Betrieb", "%", "wirkung", "Jahresabschluss der Träger"),
)
RISKS = (
    ("Die Nachfrage bleibt unter der Annahme.", "Der Ausbau folgt in Losen; das zweite beginnt erst bei guter Auslastung."),
    ("Baukosten steigen stärker als geplant.", "Eine Reserve ist eingeplant, und der Umfang je Los lässt sich verringern."),
    ("Fachpersonal ist nicht zu finden.", "Die Beteiligten stellen Personal auf Zeit und bilden selbst aus."),
    ("Genehmigungen verzögern sich.", "Alle Behörden beraten das Vorhaben vor dem Antrag an einem gemeinsamen Termin."),
    ("Eine Förderung endet vorzeitig.", "Jede Stufe ist für sich nutzbar und für sich finanziert."),
    ("Träger ziehen sich zurück.", "Die Satzung regelt Nachfolge und Übergang, bevor Mittel fließen."),
    ("Entgelte gelten als Beihilfe.", "Vor der Ausschreibung wird die beihilferechtliche Einordnung schriftlich geklärt."),
)  # fmt: skip
NEEDS = (
    "Aufnahme in die Reihe der vorrangigen Maßnahmen", "Bereitstellung des Eigenanteils bis zum Ende der Laufzeit",
    "Zustimmung zur Trägerschaft und zum Wirtschaftsplan", "Einordnung des Vorhabens in die Förderung des Landes",
    "Übernahme der Folgekosten nach dem Ende der Maßnahme",
)  # fmt: skip
REMARKS = (
    "Illustrativ: Die Abgrenzung zu vorhandenen Angeboten ist nicht ausreichend beschrieben.",
    "Illustrativ: Der Zeitplan lässt offen, wer die Genehmigungen zusammenführt.",
    "Illustrativ: Die Annahmen zur Auslastung sollten belegt werden.",
    "Illustrativ: Die Folgekosten erscheinen gering, ihre Herleitung fehlt.",
    "Illustrativ: Das Vorhaben wird begrüßt; der Bezug zur Fläche sollte deutlicher werden.",
)
PROPOSALS = (
    "Abgrenzung ergänzen und Doppelförderung ausschließen.", "Je Meilenstein eine verantwortliche Stelle nennen.",
    "Eine Quelle für die Ausgangswerte angeben.", "Die Berechnung als Anlage beifügen.",
)  # fmt: skip
VOICES = (
    "{Dinge} sollen auch in {ort} entstehen, nicht nur in den großen Städten.",
    "Der Weg zu Angeboten ist zu weit. Zwischen {ort} und {ort2} fehlt eine Stelle, die erreichbar ist.",
    "Wichtig ist, dass der Betrieb nach der Förderung gesichert bleibt.",
    "Die Regeln für die Nutzung müssen so einfach sein, dass auch {gruppe} sie ohne Beratung verstehen.",
    "Vorhandene Gebäude in {ort} sollten zuerst genutzt werden.",
    "Termine am Abend fehlen; wer in Schicht arbeitet, kann bisher nicht teilnehmen.",
)
ANSWERS = (
    "Der Hinweis hat die Reihenfolge der Standorte verändert.", "Die Maßnahme nimmt den Gedanken in die Regeln auf.",
    "Ein Teil ist eingegangen; der andere liegt außerhalb des Auftrags.",
    "Der Vorschlag wirkt rein lokal und fällt damit unter die Ausschlussgründe.",
    "Die Aussage ist festgehalten; eine Folge für den Plan ergibt sich daraus nicht.",
)  # fmt: skip
BODIES = ("Musterverbund", "Musterzentrum", "Musterwerkstatt", "Musteragentur", "Musterallianz")
SUBJECTS = ("Leichtbau", "Gewerbe", "Pflege", "Verkehr", "Energie", "Textil", "Robotik", "Ausbildung", "Wohnen")
NOTES = (
    "Vor der nächsten Sitzung ist der Flächenbedarf mit {ort} zu klären.",
    "Die Zahlen zur Auslastung sind noch nicht mit den Trägern abgestimmt.",
    "Offen ist, ob {ort2} den Eigenanteil trägt.",
)
# Parts of a word without a place to break: the widest that a cell must bear.
WORD_PARTS = (
    "Gewerbeflächen",
    "entwicklungs",
    "genehmigungs",
    "verfahrens",
    "beschleunigungs",
    "koordinierungs",
    "stelle",
)


def long_word() -> str:
    """Return a compound of at least 60 letters."""
    return "".join(WORD_PARTS)


def dative(plural: str) -> str:
    """Return the dative of a plural: „kleine Lehrgänge“ → „kleinen Lehrgängen“; what follows „in“ or „auf“ stays."""
    words = plural.split()
    end = next((place for place, word in enumerate(words) if word in ("in", "im", "auf")), len(words))
    bent = [word if word == "und" or word.endswith(("n", "s")) else f"{word}n" for word in words[:end]]
    return " ".join([*bent, *words[end:]])


def capital(words: str) -> str:
    """Return the words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


class Writer:
    """Composes the texts of one measure: fills the gaps of sentences by chance, by topic and with what may be cited."""

    def __init__(self, chance: Random, topic: Topic) -> None:
        self.chance = chance
        self.topic = topic

    def fill(self, sentence: str, **more: str) -> str:
        """Return the sentence with its gaps filled; `more` gives those that are no words of the stock."""
        town, other = self.chance.sample(TOWNS, 2)
        things, groups = self.topic.things, self.topic.groups
        return sentence.format(
            ort=town,
            ort2=other,
            dinge=things,
            Dinge=capital(things),
            dingen=dative(things),
            gruppe=groups,
            Gruppe=capital(groups),
            gruppen=dative(groups),
            frist=self.chance.choice(SPANS),
            jahre=self.chance.choice(("zwei", "drei", "vier")),
            **more,
        )

    def some(self, pool: tuple[str, ...], count: int) -> list[str]:
        """Return so many different sentences of the pool (all of them where it has fewer), filled."""
        return [self.fill(sentence) for sentence in self.chance.sample(pool, min(count, len(pool)))]

    def in_order(self, pool: tuple[str, ...], count: int) -> list[str]:
        """Return so many sentences of the pool in its own order, filled."""
        places = sorted(self.chance.sample(range(len(pool)), min(count, len(pool))))
        return [self.fill(pool[place]) for place in places]

    def one(self, pool: tuple[str, ...], **more: str) -> str:
        """Return one sentence of the pool, filled."""
        return self.fill(self.chance.choice(pool), **more)
