"""The pages, a module each: ``ROUTES`` at the end names the addresses that it answers."""
