"""What one valid record is: a module a kind of record, the scalars they share, and the table of a status' needs.

Input: the tree of texts that a YAML file holds. Output: frozen pydantic models. Imports nothing of ours.
"""
