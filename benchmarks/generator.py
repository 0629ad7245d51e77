"""A valid, varied plan of any size, the same bytes for the same size and seed: for tests and for speed.

Input: a `Size`, a seed, and the repository's own framework and chapters. Output: the files of a plan. Measures,
contributions, decisions, statements and further organisations are composed by chance from `benchmarks.stock`; all of
them are marked `beispiel: true` and claim nothing of anybody. What a chapter cites and the plan does not have loses its
`@` and stays as plain words.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks import extremes
from benchmarks.extremes import MOST_PARTNERS
from benchmarks.measures import Drafting, Framework, measures
from benchmarks.stock import ANSWERS, BODIES, PROPOSALS, REMARKS, SUBJECTS, TOPICS, TOWNS, VOICES, Writer

ROOT = Path(__file__).resolve().parent.parent
Node = dict[str, Any]

IDS = re.compile(
    r"(?<![\w@.])@(\{?)([A-Z]{3}-\d{3}|BS-\d{4}-\d{2}|BF?-\d+|V-\d+|[A-Z]{3}|(?:fakt|org|quelle)-[a-z\d]+(?:-[a-z\d]+)*)"
    r"(?!\w|-[\da-z])(\}?)(:[\w-]+)?"
)
FIELD_OF_NUMBER = re.compile(r"(@\{?zahl-[a-z-]+):([A-Z]{3})\b")
FIELD_OF_VIEW = re.compile(r"\s+feld=([A-Z]{3})\b")
CHAPTER_ID = re.compile(r"^# .*\{#(kap-[\w-]+)", re.MULTILINE)
CONTRIBUTIONS_AN_EVENT = 40
CITED = (
    ("", "action_fields"), ("", "decisions"), ("", "vision"), ("", "findings"),
    ("fakt-", "facts"), ("org-", "organisations"), ("quelle-", "sources"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; None stands for a share of the measures as in the repository's plan.

    `extreme` makes every third measure as large as the rules allow and every third one as empty, and gives each kind of
    record one that is as long as can be. `bare` leaves out whatever no rule asks for.
    """

    measures: int = 80
    contributions: int | None = None
    organisations: int | None = None
    decisions: int = 5
    statements: int | None = None
    extreme: bool = False
    bare: bool = False

    def __post_init__(self) -> None:
        if self.measures < 1 or self.measures > 900 * len(TOPICS):
            raise ValueError(f"a plan has from 1 to {900 * len(TOPICS)} measures, not {self.measures}")
        if self.extreme and self.bare:
            raise ValueError("a plan is extreme or bare, not both")
        if self.decisions < 1:
            raise ValueError("measures that are agreed rest on a decision: at least one")

    @property
    def all_contributions(self) -> int:
        """Number of contributions."""
        if self.bare:
            return 0
        return 5 * self.measures if self.contributions is None else self.contributions

    @property
    def all_statements(self) -> int:
        """Number of statements."""
        if self.bare:
            return 0
        return min(8, 1 + self.measures // 10) if self.statements is None else self.statements


def write(size: Size, seed: int, target: Path) -> int:
    """Write the plan below `target`, which must be empty or not there; return the number of files, pictures aside."""
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    files = generate(size, seed)
    for name, text in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if (pictures := ROOT / "chapters/bilder").is_dir():
        shutil.copytree(pictures, target / "chapters/bilder")
    return len(files)


def generate(size: Size, seed: int, model: Path = ROOT) -> dict[str, str]:
    """Return the files of a plan by name; framework and chapters are those of `model`, adapted."""
    return dict(_Maker(size, Random(seed), model).files())


@dataclass
class _Maker:
    size: Size
    chance: Random
    model: Path
    framework: dict[str, Any] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, str]]:
        chapters = {
            path.name: path.read_text(encoding="utf-8") for path in sorted((self.model / "chapters").glob("*.md"))
        }
        for path in sorted((self.model / "framework").glob("*.yaml")):
            self.framework[path.stem] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        words = self._words()
        self._adapt_framework()
        if self.size.extreme:
            extremes.swell(self.framework, chapters)
        made = measures(self.size.measures, self.chance, self._drafting(chapters))
        events = dict(self._events(made))
        contributions = [contribution["id"] for event in events.values() for contribution in event["beitraege"]]
        known = {*made, *contributions}
        for prefix, name in CITED:
            known |= {f"{prefix}{key}" for key in self._ids(name)}
        for name, tree in self.framework.items():
            yield f"framework/{name}.yaml", cited(dump(tree), known, words)
        for key, measure in made.items():
            yield f"measures/{measure['handlungsfeld']}/{key}.yaml", dump(measure)
        for name, event in events.items():
            yield f"participation/{name}.yaml", dump(event)
        for name, statement in self._statements(made):
            yield f"statements/{name}.yaml", dump(statement)
        for name, text in chapters.items():
            yield f"chapters/{name}", cited(text, known, words)

    # --- the framework ------------------------------------------------------------------------------------------

    def _ids(self, name: str) -> list[str]:
        return [record["id"] for record in self.framework[name]]

    def _words(self) -> dict[str, str]:
        """Return what stands in a text for a record that the plan does not have."""
        framework = self.framework
        words = {record["id"]: record["titel"] for record in framework["action_fields"]}
        words |= {f"org-{record['id']}": record["kurz"] for record in framework["organisations"]}
        words |= {f"quelle-{record['id']}": f"„{record['titel']}“" for record in framework["sources"]}
        return words | {
            f"fakt-{record['id']}": f"{_grouped(record['wert'])} {record.get('einheit', '')}".strip()
            for record in framework["facts"]
        }

    def _adapt_framework(self) -> None:
        """Leave out the fields that have no measure, and add what the size asks for."""
        fields = self.framework["action_fields"][: self.size.measures]
        self.framework["action_fields"] = fields
        kept = {record["id"] for record in fields}
        for statement in self.framework["vision"]:
            statement["handlungsfelder"] = [key for key in statement["handlungsfelder"] if key in kept] or [min(kept)]
        plan = self.framework["plan"]
        plan["beispiel"] = True
        plan["aenderungen"] = [
            {"datum": "2026-11-20", "version": plan["version"], "status": "Entwurf", "aenderungen": "Erzeugte Fassung."}
        ]
        if self.size.bare:
            extremes.strip(self.framework)
            return
        self._add_organisations()
        self.framework["decisions"] = [self._decision(number) for number in range(self.size.decisions)]

    def _add_organisations(self) -> None:
        wanted = self.size.organisations or 0
        if self.size.extreme:
            wanted = max(wanted, MOST_PARTNERS + 2)
        districts = [record["ags"] for record in self.framework["districts"]]
        for number in range(wanted - len(self.framework["organisations"])):
            body, subject, town = BODIES[number % 5], SUBJECTS[number % 9], TOWNS[number % len(TOWNS)]
            organisation = {
                "id": f"muster-{number + 1:03d}",
                "name": f"{body} {subject} {town}",
                "kurz": f"{subject} {number + 1}",
                "art": self.chance.choice(("bildung", "unternehmen", "sonstige")),
                "aufgabe": f"Vertritt im Muster die Belange von {subject} und wirkt an Maßnahmen mit.",
                "kreis": self.chance.choice(districts),
                "beispiel": True,
            }
            if self.size.extreme:
                extremes.swell_organisation(organisation, number)
            self.framework["organisations"].append(organisation)

    def _decision(self, number: int) -> Node:
        year, position = divmod(number, 99)
        return {
            "id": f"BS-{2026 + year}-{position + 1:02d}",
            "gremium": self.chance.choice([o["id"] for o in self.framework["organisations"] if o["art"] == "konvent"]),
            "datum": f"{2026 + year}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}",
            "version": self.framework["plan"]["version"],
            "gegenstand": "Status von Maßnahmen im Arbeitsstand dieser Fassung",
            "ergebnis": "Illustrativ: Maßnahmen mit Verweis auf diesen Beschluss gelten als abgestimmt.",
            "beispiel": True,
        }

    def _drafting(self, chapters: Mapping[str, str]) -> Drafting:
        organisations = self.framework["organisations"]
        framework = Framework(
            fields=tuple(self._ids("action_fields")),
            vision=tuple(self._ids("vision")),
            districts=tuple(record["ags"] for record in self.framework["districts"]),
            organisations=tuple(self._ids("organisations")),
            leads=tuple(o["id"] for o in organisations if o["art"] in ("kommune", "kammer", "hochschule")),
            councils=tuple(o["id"] for o in organisations if o["art"] in ("konvent", "regierung")),
            sources=tuple(self.framework["funding_sources"]),
            decisions=tuple(self._ids("decisions")),
            first_year=int(self.framework["plan"]["zeitraum"]["beginn"][:4]),
            last_year=int(self.framework["plan"]["zeitraum"]["ende"][:4]),
        )
        cites = [f"@{match}" for text in chapters.values() for match in CHAPTER_ID.findall(text)]
        cites += [f"@{key}" for key in (*self._ids("findings"), *self._ids("vision"))]
        cites += [f"@quelle-{key}" for key in self._ids("sources")]
        return Drafting(framework, tuple(cites), self.size.extreme, self.size.bare)

    # --- participation and statements ---------------------------------------------------------------------------

    def _events(self, made: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
        """Yield an event a district at least; contributions are spread over them in order."""
        districts, total = self.framework["districts"], self.size.all_contributions
        if not districts:
            return
        count = max(len(districts), -(-total // CONTRIBUTIONS_AN_EVENT))
        first = 1
        for number in range(count):
            share = total // count + (number < total % count)
            month, day = 1 + number % 8, 1 + number % 28
            district = districts[number % len(districts)]
            event = {
                "titel": f"Werkstatt {number + 1} {district['kurz']}",
                "datum": f"2026-{month:02d}-{day:02d}",
                "ort": self.chance.choice(TOWNS),
                "kreis": district["ags"],
                "format": self.chance.choice(("werkstatt", "zukunftswerkstatt", "stadtforum", "online")),
                "teilnehmende": self.chance.randint(12, 160),
                "beispiel": True,
                "beitraege": [self._contribution(first + index, made) for index in range(share)],
            }
            if self.size.extreme and number == 0:
                extremes.swell_participation(event, *event["beitraege"][:1])
            first += share
            yield f"2026-{month:02d}-werkstatt-{number + 1:03d}", event

    def _contribution(self, number: int, made: Mapping[str, Node]) -> Node:
        writer = Writer(self.chance, self.chance.choice(TOPICS[self.chance.choice(list(TOPICS))]))
        outcome = self.chance.choice(
            ("beruecksichtigt", "teilweise_beruecksichtigt", "nicht_beruecksichtigt", "zur_kenntnis_genommen")
        )
        taken_up = self.chance.sample(list(made), min(len(made), self.chance.randint(1, 2)))
        return {
            "id": f"B-{number:02d}",
            "gruppe": writer.fill("{Gruppe}"),
            "kernaussage": writer.one(VOICES),
            "ergebnis": outcome,
            "begruendung": self.chance.choice(ANSWERS),
            "massnahmen": taken_up if outcome.endswith("beruecksichtigt") and not outcome.startswith("nicht") else [],
        }

    def _statements(self, made: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
        """Yield statements: of every department to this version first, then to earlier ones."""
        departments = [o["id"] for o in self.framework["organisations"] if o["art"] == "ministerium"]
        for number in range(self.size.all_statements):
            earlier, position = divmod(number, len(departments))
            version = self.framework["plan"]["version"] if not earlier else f"0.0.{earlier}"
            points = [self._point(list(made)) for _ in range(self.chance.randint(0, 5))]
            if self.size.extreme and points:
                extremes.swell_point(points[0])
            statement = {
                "ressort": departments[position],
                "version": version,
                "frist": "2026-12-04",
                "stand": self.chance.choice(("mitzeichnung", "mit_massgabe", "widerspruch"))
                if points
                else "fehlanzeige",
                "beispiel": True,
                "punkte": points,
            }
            yield f"{departments[position].upper()}-{version}", statement

    def _point(self, made: list[str]) -> Node:
        measure = self.chance.choice(made)
        subjects = (measure, f"{measure}/{self.chance.randint(1, 12)}", f"{measure} kosten", "allgemein")
        return {
            "bezug": self.chance.choice(subjects),
            "text": self.chance.choice(REMARKS),
            "vorschlag": self.chance.choice(PROPOSALS),
            "bewertung": self.chance.choice(("zustimmung", "hinweis", "forderung", "ablehnung")),
            "ergebnis": self.chance.choice(("uebernommen", "teilweise_uebernommen", "nicht_uebernommen", "offen")),
            "begruendung": self.chance.choice(ANSWERS),
        }


def _grouped(value: object) -> str:
    """Return a number with points of thousands, words as they are."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def cited(text: str, known: set[str], words: Mapping[str, str]) -> str:
    """Return the text; a reference to a record that the plan does not have becomes its words, or its plain id."""
    fields = {key for key in known if len(key) == 3 and "-" not in key}

    def plain(match: re.Match[str]) -> str:
        if match[2] in known:
            return match[0]
        before, shown = match.string[: match.start()], words.get(match[2], match[2])
        aside = match[2].startswith("quelle-") and not before.endswith("siehe ")
        return f"({shown})" if aside and before.rfind("(") <= before.rfind(")") else shown

    text = IDS.sub(plain, text)
    text = FIELD_OF_NUMBER.sub(lambda match: match[0] if match[2] in fields else match[1], text)
    return FIELD_OF_VIEW.sub(lambda match: match[0] if match[1] in fields else "", text)


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as blocks, as editors do."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def dump(tree: Any) -> str:
    """Return the tree as YAML: keys in their order, short lists and blocks in one line."""
    return str(yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=150, default_flow_style=None))
