"""The two ends of a plan: as much as the rules let through, and as little as they ask for.

Input: the framework and the chapters as the repository has them, read as trees and texts. Both are changed in place.
What swells is what an editor may type without a limit: titles, names, units, texts, their number. What is stripped is
everything that no rule asks for.
"""

from __future__ import annotations

import re
from typing import Any

from benchmarks.stock import long_word

Node = dict[str, Any]

MOST_SOURCES, MOST_PARTNERS, LAST_YEAR = 15, 40, 2038
TITLE_LETTERS = 200
UNBROKEN = "0123456789abcdef" * 4  # 64 signs without a syllable, as a checksum or an address has them
LONG_UNIT = "Megawattstunden je Beschäftigtem und Kalenderjahr"
LONG_TEXT = (
    f"Illustrativ: Die Anmerkung betrifft die {long_word()} und ist mit Absicht länger als eine Seite. "
    + "Sie wiederholt sich, damit eine Zeile der Tabelle sehr hoch wird und trotzdem lesbar bleibt. " * 55
)


def title(words: str) -> str:
    """Return a title of 200 characters that begins with the words, holds one of 60 letters and ends behind a word."""
    filling = "und alles, was in einer langen Überschrift sonst noch stehen kann, damit sie zweihundert Zeichen misst,"
    rest = filling.split()
    whole = [f"{words} {long_word()} {' '.join([*rest[skip:], filling, filling])}" for skip in range(len(rest))]
    ending = next((text for text in whole if re.match(r"\w ", text[TITLE_LETTERS - 2 :])), whole[0])
    return ending[: TITLE_LETTERS - 1].rstrip() + "…"


def swell(framework: dict[str, Any], chapters: dict[str, str]) -> None:
    """Give every kind of record one that is as long as can be, and the chapters one with every form of Markdown."""
    plan = framework["plan"]
    plan["titel"] = title(plan["titel"])
    plan["untertitel"] = title(plan["untertitel"])
    plan["zeitraum"]["ende"] = f"{LAST_YEAR}-12"
    _swell_sources(framework["funding_sources"])
    last_field, last_vision = framework["action_fields"][-1], framework["vision"][-1]
    last_field["titel"] = f"{last_field['titel']} und {long_word()}"
    last_field["ziele"] = [*last_field["ziele"], long_word()]
    last_vision["titel"] = f"{last_vision['titel']} und {long_word()}"
    framework["findings"][-1]["titel"] = title(framework["findings"][-1]["titel"])
    framework["districts"][-1]["name"] = f"Landkreis {long_word()}"
    framework["facts"][-1] |= {"name": title(framework["facts"][-1]["name"]), "einheit": LONG_UNIT}
    framework["sources"][-1] |= {
        "titel": title(framework["sources"][-1]["titel"]),
        "fundstelle": f"beispiel.invalid/{UNBROKEN}/{UNBROKEN}",
    }
    framework["glossary"] += [
        {"begriff": long_word(), "kurz": "GEGVBKS", "erklaerung": title("Begriff aus einem Wort:")},
        {"begriff": title("Begriff aus vielen Wörtern:"), "erklaerung": f"{long_word()} " * 4},
    ]
    chapters["20-extrem.md"] = _chapter()


def _swell_sources(sources: list[Node]) -> None:
    for number in range(1, MOST_SOURCES + 1):
        long = number == MOST_SOURCES
        sources.append(
            {
                "id": f"MUSTER-{number}",
                "name": f"Musterprogramm {long_word() if long else number}",
                "kurz": long_word() if long else f"Muster {number}",
                "ebene": ("EU", "Bund", "Land", "Kommune", "Privat")[number % 5],
            }
        )


def swell_organisation(organisation: Node, number: int) -> None:
    """Give every fifth organisation a name of one long word; the first has no short form that is short."""
    if number % 5 == 0:
        organisation["name"] = f"{organisation['name']} {long_word()}"
        organisation["aufgabe"] = title(organisation["aufgabe"])
    if number == 0:
        organisation["kurz"] = long_word()


def swell_participation(event: Node, contribution: Node | None) -> None:
    """Give an event and one of its contributions titles, towns and groups as long as can be."""
    event |= {"titel": title(event["titel"]), "ort": long_word(), "teilnehmende": 1_234_567}
    if contribution is not None:
        contribution |= {"gruppe": title(contribution["gruppe"]), "kernaussage": LONG_TEXT, "begruendung": long_word()}


def swell_point(point: Node) -> None:
    """Give a point of a statement a text that is higher than a page in its table."""
    point |= {"text": LONG_TEXT, "vorschlag": title(point["vorschlag"]), "begruendung": f"{long_word()} " * 3}


def _chapter() -> str:
    """Return a chapter with every form that Markdown has, each with a word of 60 letters."""
    word, nine = long_word(), "9.999.999.999"
    columns = range(1, 10)
    return f"""# {title("Überschrift eines Kapitels mit sehr vielen Worten")} {{#kap-extrem .anlage}}

{title("Dieser Absatz leitet das Kapitel ein.")}

## {title("Überschrift eines Abschnitts")}

### {title("Überschrift eines Unterabschnitts")}

{word} {UNBROKEN} **{word}** *{word}* `{UNBROKEN}` [{word}](https://beispiel.invalid/{UNBROKEN})[^1]

[^1]: {word} {title("Fußnote")}

- {word}
    - {word}
        - {word}
            - {word}
1. {title("Punkt einer Liste")}

   > {word} {word}

```
{UNBROKEN}{UNBROKEN}
```

{word}
:   {title("Erklärung")}

| {" | ".join(f"Spalte {column}" for column in columns)} |
|{"---:|" * len(columns)}
| {" | ".join(nine for _ in columns)} |
| {" | ".join(str(column) for column in columns)} |

| Was | {word} | Betrag in Euro | Anteil |
|---|---|---:|---:|
| {title("Zeile mit Text")} | {word} | {nine} | 12,5 % |
| kurz | ja | 1 | 100 % |

::: {{#tbl-extrem .tabelle sicht=uebersicht}}
{title("Beschriftung einer Tabelle")}
:::

::: {{#fig-extrem .abbildung sicht=zeitplan}}
{title("Beschriftung einer Abbildung")}
:::
"""


def strip(framework: dict[str, Any]) -> None:
    """Leave of the framework only what a plan cannot be without: its title, its fields and who publishes it."""
    plan = framework["plan"]
    for key in ("horizonte", "gestaltung", "vermeiden", "beispielhinweis", "foerderhinweis", "impressum"):
        plan.pop(key, None)
    plan |= {"adressaten": [], "aenderungen": []}
    named = {plan["herausgeber"], plan["redaktion"]}
    framework["organisations"] = [
        {key: record[key] for key in ("id", "name", "kurz", "art", "aufgabe") if key in record}
        for record in framework["organisations"]
        if record["id"] in named
    ]
    for record in framework["action_fields"]:
        record |= {"beschreibung": "Ohne Beschreibung.", "ziele": []}
        record.pop("abgrenzung", None)
    for name in ("vision", "findings", "funding_sources", "districts", "glossary", "facts", "sources", "decisions"):
        framework[name] = []
