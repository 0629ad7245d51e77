"""walk: every marked scalar of a record, with its YAML path."""

from __future__ import annotations

from assembly.plan import Plan
from schema.base import Markdown, Reference
from schema.walk import Leaf, marked


def test_finds_references_in_lists_blocks_and_keys(plan: Plan) -> None:
    leaves = list(marked(plan.measures["WIR-001"], Reference))
    found = {(leaf.path, leaf.value, leaf.mark.kind) for leaf in leaves}
    assert (("federfuehrung",), "lk-zwickau", "organisation") in found
    assert (("raum", 1), "14511", "district") in found
    assert (("vision", "V-2"), "V-2", "vision") in found
    assert (("finanzierung", 1, "quelle"), "LAND", "funding_source") in found
    assert (("meilensteine", 0, "verantwortlich"), "lk-zwickau", "organisation") in found
    assert (("beschlussbedarf", 0, "gremium"), "kabinett", "organisation") in found
    assert (("abhaengig_von", 0, "id"), "WIS-001", "measure") in found
    assert (("handlungsfeld",), "WIR", "action_field") in found


def test_only_keys_of_mappings_are_keys(plan: Plan) -> None:
    keys = {leaf.path for leaf in marked(plan.measures["WIR-001"], Reference) if leaf.is_key}
    assert keys == {("vision", "V-1"), ("vision", "V-2")}


def test_finds_all_markdown_and_nothing_else(plan: Plan) -> None:
    paths = [leaf.path for leaf in marked(plan.measures["WIR-001"], Markdown)]
    assert paths == [("ausgangslage",), ("ziel",), ("umsetzung",), ("intern", "notiz")]


def test_what_is_not_set_has_no_leaf(plan: Plan) -> None:
    found = list(marked(plan.measures["WIS-001"], Reference))
    assert Leaf(("federfuehrung",), "hochschule", Reference("organisation")) in found
    assert not [leaf for leaf in found if leaf.path[0] in ("beteiligte", "beschluss", "ersetzt_durch")]
