"""Helpers of the set-up and the tests; the app never imports them."""
