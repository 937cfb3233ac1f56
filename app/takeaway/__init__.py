"""What is taken home of a session: code, weights, files, figures and reports. Knows no server and no process."""
