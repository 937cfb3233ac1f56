"""Running sessions: the clock, the scheduler, the engine processes, and what survives the death of one.

Knows no HTTP and no browser; whoever looks at a session is a *viewer* with a number.
"""
