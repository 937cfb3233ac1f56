"""What the numbers of a diagnosis mean, in plain words: pure functions from numbers to readings.

The thresholds stand beside the functions, and every text that judges by one says it.
"""
