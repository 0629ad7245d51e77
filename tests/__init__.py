"""Tests of the plan's build; folders mirror `schema/` and `assembly/`."""
