"""Verbs: what happens, as (State, Event) -> Step, one table HANDLERS a file."""
