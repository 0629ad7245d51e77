"""Tests of `assembly`."""
