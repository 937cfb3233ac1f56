"""Pages, sockets, viewers and limits: what HTTP and browsers need. Knows no NumPy and no engine."""
