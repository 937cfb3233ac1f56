"""Bytes to commands, frames and events to bytes. Knows no socket and no session."""
