"""One learner's experiment as a sans-IO machine: `handle(command) -> events`, `advance(steps) -> events`.

Knows no clock, no socket, no thread and no global randomness; the same spec, seeds and commands give the same bits.
"""
