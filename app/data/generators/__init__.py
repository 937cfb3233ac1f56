"""One module a data set, or a family of them. Each knows its own shape; `app.data.registry` knows their names.

All are drawn on the board [-6, 6] x [-6, 6] with `noise` from 0 (the clean shape) to 0.5 (all but hidden).
"""
