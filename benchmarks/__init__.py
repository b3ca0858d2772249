"""How good and how fast Dateline is, as commands: see README.md beside this file."""
