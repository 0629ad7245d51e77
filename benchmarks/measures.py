"""Measures of a generated plan: texts, places, partners, money and what follows from the status, drawn by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.extremes import LONG_TEXT, LONG_UNIT, MOST_PARTNERS, MOST_SOURCES, title
from benchmarks.stock import (
    AIMS,
    CITES,
    CLOSINGS,
    EFFECTS,
    GOAL,
    INDICATORS,
    MILESTONES,
    NEEDS,
    NEXUS,
    NOTES,
    REGIONS,
    RISKS,
    SITUATION,
    STEPS,
    SUMMARY,
    TOPICS,
    Writer,
    long_word,
)

Node = dict[str, Any]
STATUSES = {"idee": 8, "entwurf": 15, "abgestimmt": 27, "beschlussreif": 45, "zurueckgestellt": 5}  # per cent
LADDER = ("idee", "entwurf", "abgestimmt", "beschlussreif")
GREATEST_AMOUNT = 9_999_999_999
MOST_RELATED = 20


@dataclass(frozen=True, slots=True)
class Framework:
    """What a measure may name of the plan's framework."""

    fields: tuple[str, ...]
    vision: tuple[str, ...]
    districts: tuple[str, ...]
    organisations: tuple[str, ...]
    leads: tuple[str, ...]
    councils: tuple[str, ...]
    sources: tuple[Node, ...]
    decisions: tuple[str, ...]
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Drafting:
    """What measures are drafted from: the framework, what texts may cite, and whether much or little is wanted."""

    framework: Framework
    cites: tuple[str, ...]
    extreme: bool
    bare: bool


def measures(count: int, chance: Random, drafting: Drafting) -> dict[str, Node]:
    """Return so many measures by id, spread evenly over the fields. The first of each field is ready for decision and
    all of them together bear the whole vision; each depends on earlier ones only, so there is no circle."""
    fields = drafting.framework.fields
    made: dict[str, Node] = {}
    for number in range(count):
        turn, position = divmod(number, len(fields))
        identifier = f"{fields[position]}-{turn + 1:03d}"
        writer = Writer(chance, TOPICS[fields[position]][turn % 10])
        draft = _Draft(identifier, number, chance, drafting, writer, made)
        if drafting.bare:
            made[identifier] = draft.idea()
            continue
        made[identifier] = draft.empty() if drafting.extreme and turn % 3 == 1 else draft.measure()
        if drafting.extreme and turn % 3 == 0:
            draft.enlarge(made[identifier])
    return made


@dataclass
class _Draft:
    identifier: str
    number: int
    chance: Random
    drafting: Drafting
    writer: Writer
    earlier: Mapping[str, Node]

    @property
    def leading(self) -> bool:
        """Whether it is the first measure of its field."""
        return self.number < len(self.drafting.framework.fields)

    def measure(self) -> Node:
        status = "beschlussreif" if self.leading else self.chance.choices([*STATUSES], [*STATUSES.values()])[0]
        height = LADDER.index(status) if status in LADDER else self.chance.randint(0, 2)
        measure = self._head(status)
        if height >= 1:
            measure |= self._texts() | self._standing()
        if height >= 2 or (height == 1 and self.chance.random() < 0.4):
            measure |= self._term_and_money(measure)
        if height >= 2:
            measure |= self._plan(measure)
            measure["beschluss"] = [self.chance.choice(self.drafting.framework.decisions)]
        if height >= 3:
            measure |= self._decision()
        return measure | self._relations(measure) | self._succession(status)

    def empty(self) -> Node:
        """Return a measure that has nothing its status asks for: gaps, no faults."""
        return self._head(self.chance.choice(("entwurf", "abgestimmt", "beschlussreif")), bare=True)

    def idea(self) -> Node:
        """Return a measure that is no more than its title."""
        return self._head("idee", bare=True)

    def _head(self, status: str, *, bare: bool = False) -> Node:
        field = self.identifier[:3]
        turn = int(self.identifier[4:]) - 1
        round_, region = divmod(turn // 10, len(REGIONS))
        parts = [self.writer.topic.title, REGIONS[region], f"Stufe {round_ + 1}" if round_ else ""]
        head = {
            "id": self.identifier,
            "titel": " ".join(part for part in parts if part),
            "handlungsfeld": field,
            "status": status,
            "beispiel": True,
        }
        return head if bare else head | {"kurzbeschreibung": self.writer.one(SUMMARY)}

    # --- texts --------------------------------------------------------------------------------------------------

    def _texts(self) -> Node:
        return {"ausgangslage": self._situation(), "ziel": self._goal(), "umsetzung": self._implementation()}

    def _situation(self) -> str:
        sentences = self.writer.some(SITUATION, self.chance.randint(9, 12))
        if self.chance.random() < 0.5 and self.drafting.cites:
            sentences.insert(3, self.writer.one(CITES, zitat=self.chance.choice(self.drafting.cites)))
        cut = len(sentences) // 2
        return f"{' '.join(sentences[:cut])}\n\n{' '.join(sentences[cut:])}\n"

    def _goal(self) -> str:
        first = " ".join(self.writer.some(GOAL, self.chance.randint(4, 6)))
        aims = "\n".join(f"- {aim}" for aim in self.writer.some(AIMS, self.chance.randint(3, 4)))
        return f"{first}\n\nDaran lässt sich die Maßnahme messen:\n\n{aims}\n"

    def _implementation(self) -> str:
        steps = self.writer.in_order(STEPS, self.chance.randint(5, 7))
        if self.chance.random() < 0.4:
            text = "\n\n".join(steps)
        else:
            text = "\n".join(f"{place}. {step}" for place, step in enumerate(steps, start=1))
        if self.earlier and self.chance.random() < 0.6:
            other = self.chance.choice([*self.earlier])
            text += "\n\n" + self.writer.one(NEXUS, ref=self.chance.choice((f"@{other}", f"@{other}:titel")))
        if self.chance.random() < 0.25:
            text += "\n\n" + self._table()
        return f"{text}\n\n{self.writer.one(CLOSINGS)}\n"

    def _table(self) -> str:
        rows = [f"| {place} | {self.writer.fill('{ort}')} | {self.chance.randint(2, 40)} |" for place in range(1, 4)]
        return "\n".join(["| Los | Ort | Plätze |", "|---|---|---:|", *rows])

    # --- what a draft asks for ----------------------------------------------------------------------------------

    def _standing(self) -> Node:
        framework, chance = self.drafting.framework, self.chance
        fields = len(framework.fields)
        own = [key for place, key in enumerate(framework.vision) if place % fields == self.number % fields]
        others = chance.sample(framework.vision, chance.randint(1, min(3, len(framework.vision))))
        lighthouse = chance.random() < 0.2
        places = chance.sample(
            framework.districts, chance.randint(2 if lighthouse else 1, min(4, len(framework.districts)))
        )
        standing: Node = {
            "vision": {key: chance.randint(1, 3) for key in dict.fromkeys([*own, *others])},
            "prioritaet": chance.choice(("hoch", "mittel", "niedrig")),
            "reife": chance.choice(("konzept", "machbarkeit_geprueft", "antragsreif")),
            "herkunft": chance.choice(("aufruf", "werkstatt", "bestand")),
            "federfuehrung": chance.choice(framework.leads),
            "raum": places,
        }
        if lighthouse:
            standing |= {"leuchtturm": True, "ueberregionale_wirkung": self.writer.one(EFFECTS)}
        return standing

    # --- money --------------------------------------------------------------------------------------------------

    def _term_and_money(self, measure: Node) -> Node:
        framework, chance = self.drafting.framework, self.chance
        begin = chance.randint(framework.first_year, framework.last_year - 2)
        end = chance.randint(begin + 1, min(framework.last_year, begin + 7))
        years = range(begin, end + 1)
        scale = chance.choice((20_000, 60_000, 150_000, 400_000, 1_200_000))
        capital = {year: 10_000 * chance.randint(1, scale // 1_000) for year in years if chance.random() < 0.85}
        running = {year: 10_000 * chance.randint(1, scale // 4_000 + 2) for year in years}
        costs = {year: capital.get(year, 0) + running[year] for year in years}
        return {
            "beginn": f"{begin}-{chance.randint(1, 12):02d}",
            "ende": f"{end}-{chance.choice((6, 9, 12)):02d}",
            "kosten": {"investiv": capital, "laufend": running} if capital else {"laufend": running},
            "finanzierung": self._financing(costs, measure.get("raum", [])),
        }

    def _financing(self, costs: Mapping[int, int], places: list[str]) -> list[Node]:
        """Share out part of each year's costs among some sources, each within its area, term and rate."""
        usable = [source for source in self.drafting.framework.sources if _reaches(source, places)]
        chosen = self.chance.sample(usable, min(len(usable), self.chance.randint(2, 5)))
        left = {year: int(cents * self.chance.uniform(0.6, 1)) for year, cents in costs.items()}
        financing = []
        for source in chosen:
            amounts = {}
            for year in costs:
                limit = min(left[year], costs[year] * _rate(source) // 100)
                amount = int(limit * self.chance.uniform(0.2, 0.7)) // 1_000 * 1_000
                if _runs(source, year) and amount and self.chance.random() < 0.85:
                    amounts[year] = amount
                    left[year] -= amount
            if amounts:
                financing.append({"quelle": source["id"], "sicherheit": "geplant", "betraege": amounts})
        return financing or self._first_year(costs)

    def _first_year(self, costs: Mapping[int, int]) -> list[Node]:
        free = next(s["id"] for s in self.drafting.framework.sources if not {"raum", "laufzeit", "satz_max"} & s.keys())
        year = min(costs)
        return [{"quelle": free, "sicherheit": "geplant", "betraege": {year: costs[year] // 2}}]

    # --- what the higher statuses ask for -----------------------------------------------------------------------

    def _plan(self, measure: Node) -> Node:
        framework, chance = self.drafting.framework, self.chance
        others = [key for key in framework.organisations if key != measure["federfuehrung"]]
        begin, end = int(measure["beginn"][:4]), int(measure["ende"][:4])
        titles = self.writer.in_order(MILESTONES, chance.randint(3, 6))
        dates = sorted(self._month(measure) for _ in titles)
        return {
            "beteiligte": chance.sample(others, min(len(others), chance.randint(2, 7))),
            "folgekosten": chance.choice((0, 10_000 * chance.randint(1, 120))),
            "meilensteine": [
                {"titel": title, "datum": date, "verantwortlich": chance.choice(framework.organisations)}
                for title, date in zip(titles, dates, strict=True)
            ],
            "indikatoren": [
                {
                    "name": self.writer.fill(name),
                    "einheit": unit,
                    "art": kind,
                    "basis": {"jahr": min(begin, 2026), "wert": chance.choice((0, chance.randint(1, 40)))},
                    "ziel": {"jahr": end, "wert": chance.randint(5, 100 if unit == "%" else 2_400)},
                    "quelle": origin,
                }
                for name, unit, kind, origin in chance.sample(INDICATORS, chance.randint(2, 5))
            ],
        }

    def _month(self, measure: Node) -> str:
        first, last = (12 * int(key[:4]) + int(key[5:]) - 1 for key in (measure["beginn"], measure["ende"]))
        year, month = divmod(self.chance.randint(first, last), 12)
        return f"{year}-{month + 1:02d}"

    def _decision(self) -> Node:
        chance = self.chance
        return {
            "risiken": [
                {
                    "text": text,
                    "eintritt": chance.randint(1, 3),
                    "wirkung": chance.randint(1, 3),
                    "gegenmassnahme": remedy,
                }
                for text, remedy in chance.sample(RISKS, chance.randint(2, 4))
            ],
            "beschlussbedarf": [
                {
                    "gremium": chance.choice(self.drafting.framework.councils),
                    "inhalt": need,
                    "frist": f"2027-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
                }
                for need in chance.sample(NEEDS, chance.randint(1, 3))
            ],
            "ausschlusspruefung": dict.fromkeys(
                ("einzelbetrieb", "rein_lokal", "ohne_strukturwirkung", "fachfoerderung_vorhanden"), False
            ),
            "wirtschaftlichkeit": chance.choice(("offen", "liegt_vor", "entfaellt")),
        }

    # --- relations ----------------------------------------------------------------------------------------------

    def _relations(self, measure: Node) -> Node:
        chance = self.chance
        relations: Node = {"zielgruppen": [self.writer.fill("{Gruppe}"), "Kommunen der Region"]}
        if self.earlier and chance.random() < 0.4:
            others = chance.sample([*self.earlier], min(len(self.earlier), chance.randint(1, 2)))
            relations["abhaengig_von"] = [
                {"id": other, "art": "nach" if self._follows(measure, self.earlier[other]) else "parallel"}
                for other in others
            ]
        if self.earlier and chance.random() < 0.4:
            relations["querbezuege"] = [chance.choice([*self.earlier])]
        if chance.random() < 0.05:
            relations["frueher"] = [f"{self.identifier[:3]}-{999 - int(self.identifier[4:]):03d}"]
        if chance.random() < 0.3:
            relations["intern"] = {"notiz": self.writer.one(NOTES)}
        return relations

    def _follows(self, measure: Node, other: Node) -> bool:
        return "beginn" in measure and "ende" in other and other["ende"] < measure["beginn"]

    def _succession(self, status: str) -> Node:
        """A deferred measure may have been merged into one that goes on."""
        going_on = [key for key, other in self.earlier.items() if other["status"] != "zurueckgestellt"]
        merged = status == "zurueckgestellt" and self.chance.random() < 0.5
        return {"ersetzt_durch": self.chance.choice(going_on)} if merged else {}

    # --- extremes -----------------------------------------------------------------------------------------------

    def enlarge(self, measure: Node) -> None:
        """Give the measure as much of everything as the rules let through: words, years, sources, partners, euros."""
        framework, chance, word = self.drafting.framework, self.chance, long_word()
        measure["titel"] = title(measure["titel"])
        measure["zielgruppen"] = [word, *(self.writer.fill("{Gruppe} aus {ort}") for _ in range(8))]
        measure["intern"] = {"notiz": f"{word} " * 3}
        measure |= self._texts() | self._standing() | {"status": "beschlussreif", "kurzbeschreibung": title("Kurz:")}
        measure["umsetzung"] += f"\n{self._table()}\n\n{word}\n"
        measure["raum"] = list(framework.districts)
        years = range(framework.first_year, framework.last_year + 1)
        measure |= {"beginn": f"{years[0]}-01", "ende": f"{years[-1]}-12"}
        measure["kosten"] = {"investiv": dict.fromkeys(years, GREATEST_AMOUNT), "laufend": dict.fromkeys(years, 1)}
        free = [source for source in framework.sources if not {"raum", "laufzeit", "satz_max"} & source.keys()]
        measure["finanzierung"] = [
            {
                "quelle": source["id"],
                "sicherheit": "geplant",
                "betraege": {year: 1 if place % 2 else GREATEST_AMOUNT // 10 - year for year in years},
            }
            for place, source in enumerate(free[-MOST_SOURCES:])
        ]
        measure |= self._plan(measure) | self._decision()
        self._lengthen(measure)
        measure["folgekosten"] = GREATEST_AMOUNT
        measure["beschluss"] = list(framework.decisions)
        others = [key for key in framework.organisations if key != measure["federfuehrung"]]
        measure["beteiligte"] = chance.sample(others, min(MOST_PARTNERS, len(others)))
        earlier = [key for key in self.earlier if key != self.identifier][:MOST_RELATED]
        measure |= {"abhaengig_von": [{"id": key, "art": "parallel"} for key in earlier], "querbezuege": earlier}
        if self.leading:
            measure["frueher"] = [f"{self.identifier[:3]}-{800 - place}" for place in range(12)]
        measure.pop("ersetzt_durch", None)

    def _lengthen(self, measure: Node) -> None:
        """Give the first entry of each list of the measure words and figures as long as can be."""
        word, lead = long_word(), measure["federfuehrung"]
        measure["meilensteine"] += [
            {"titel": title("Meilenstein"), "datum": measure["ende"], "verantwortlich": lead} for _ in range(12)
        ]
        measure["meilensteine"][-1]["verantwortlich"] = self.drafting.framework.organisations[-1]
        measure["indikatoren"][0] |= {
            "name": f"{word} je Jahr",
            "einheit": LONG_UNIT,
            "basis": {"jahr": 2026, "wert": 1},
            "ziel": {"jahr": int(measure["ende"][:4]), "wert": GREATEST_AMOUNT},
            "quelle": title("Erhebung"),
        }
        measure["risiken"][0] |= {"text": LONG_TEXT[:900].rpartition(". ")[0] + ".", "gegenmassnahme": f"{word} {word}"}
        measure["beschlussbedarf"][0]["inhalt"] = title("Entscheidung über")


def _rate(source: Node) -> int:
    """Return the highest share in per cent that the source bears, 100 where there is none."""
    return int(str(source.get("satz_max", "100")).split(",")[0].rstrip("% "))


def _runs(source: Node, year: int) -> bool:
    term = source.get("laufzeit")
    return term is None or int(term["beginn"][:4]) <= year <= int(term["ende"][:4])


def _reaches(source: Node, places: list[str]) -> bool:
    area = source.get("raum", [])
    return not area or (bool(places) and all(place.startswith(tuple(area)) for place in places))
