"""What an edition does not list is in no byte of its files: a marker in every text of a plan, and where it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from assembly import pipeline, report
from assembly.document import Document
from assembly.editions import EDITIONS
from tests.plans import INTERN
from tests.secrets import Planted, Secret, markers, plant, texts_of_docx, texts_of_pdf, write

# Typed here once more, apart from the table of editions: what each prints in full.
SHEETS = {
    "intern": {"idee", "entwurf", "abgestimmt", "beschlussreif", "zurueckgestellt"},
    "ressort": {"entwurf", "abgestimmt", "beschlussreif"},
    "kabinett": {"abgestimmt", "beschlussreif"},
    "oeffentlich": {"abgestimmt", "beschlussreif"},
}


@dataclass(frozen=True, slots=True)
class Built:
    """One edition of the planted plan: the Document, and the texts of its files."""

    document: Document
    pdf: tuple[str, ...]
    docx: tuple[str, ...]


@pytest.fixture(scope="module")
def planted() -> Planted:
    """Return the planted plan."""
    return plant()


@pytest.fixture(scope="module")
def checked(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> pipeline.Checked:
    """Return the planted plan, read as a draft is: the faults are among the secrets."""
    found = pipeline.check(write(planted.files, tmp_path_factory.mktemp("secrets")), tolerant=True)
    assert pipeline.can_build(found, draft=True), report.render(found.sources, found.faults)
    assert {fault.code for fault in found.faults} == {"SCH-001", "SCH-007"}
    return found


def allowed(edition: str, secret: Secret) -> bool:
    """Tell whether the edition may print the secret."""
    if secret.kind in ("chapter", "fault"):
        return edition in secret.editions
    if secret.status == "idee" and edition == "ressort":
        return secret.path == ("titel",)
    if secret.status and secret.status not in SHEETS[edition]:
        return False
    return EDITIONS[edition].keys.allow(secret.kind, secret.path)


def expected(edition: str, secrets: Mapping[str, Secret]) -> set[str]:
    """Return the markers that the edition may print."""
    return {marker for marker, secret in secrets.items() if allowed(edition, secret)}


def document(checked: pipeline.Checked, edition: str) -> Document:
    """Return the book of the edition."""
    return pipeline.assemble(checked, replace(INTERN, edition=edition))


def test_every_kind_of_record_and_chapter_has_secrets(planted: Planted) -> None:
    kinds = {secret.kind for secret in planted.secrets.values()}
    assert {"plan", "measure", "event", "statement", "chapter", "fault", "finding", "organisation", "fact"} <= kinds
    assert {secret.status for secret in planted.secrets.values() if secret.kind == "measure"} == SHEETS["intern"]
    assert len(planted.secrets) > 250


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_book_holds_the_secrets_of_the_edition_and_no_other(
    edition: str, planted: Planted, checked: pipeline.Checked
) -> None:
    assert markers(iter([repr(document(checked, edition))])) == expected(edition, planted.secrets)


@pytest.mark.parametrize(
    ("kind", "key", "editions"),
    [
        ("measure", "intern", {"intern"}),
        ("measure", "ausgangslage", set(EDITIONS)),
        ("statement", "punkte", {"intern", "ressort", "kabinett"}),
        ("event", "beitraege", set(EDITIONS)),
        ("plan", "vermeiden", set()),
        ("funding_source", "hinweis", set(EDITIONS)),
        ("funding_source", "einzelplan", set()),
    ],
)
def test_which_editions_print_a_key(kind: str, key: str, editions: set[str], planted: Planted) -> None:
    of_key = {marker for marker, secret in planted.secrets.items() if secret.kind == kind and secret.path[0] == key}
    assert of_key
    assert {name for name in EDITIONS if of_key & expected(name, planted.secrets)} == editions


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_byte_of_the_files_holds_another_secret(edition: str, planted: Planted, checked: pipeline.Checked) -> None:
    book = document(checked, edition)
    images = checked.sources.root / "chapters"
    pdf = [*texts_of_pdf(pipeline._render("pdf", book, images))]
    docx = [*texts_of_docx(pipeline._render("docx", book, images))]
    wanted = expected(edition, planted.secrets)
    assert markers(iter(pdf)) == wanted
    assert markers(iter(docx)) == wanted
    amounts = {amount for amount, status in planted.amounts.items() if status in SHEETS[edition]}
    for texts in (pdf, docx):
        assert {amount for amount in planted.amounts if any(amount in text for text in texts)} == amounts


def test_the_search_finds_what_is_parted() -> None:
    assert markers(iter(["ein ZQXJ1-\n2\u00ad3 hier", "zqxj 45", "<w:t>zqxj6</w:t>78"])) == {"zqxj123"}
