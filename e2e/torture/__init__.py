"""The fault-injection suite: real faults, seeded, and a checker that shares no code with what it checks."""
