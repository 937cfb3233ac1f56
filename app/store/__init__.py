"""What outlives the server: sessions, links and saved experiments in a database. Knows no session and no socket."""
