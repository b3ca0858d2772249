"""The desk in the browser: pages of a ledger, drawn on the server, and the same answers as JSON.

It is the second door beside the command line: it parses what was asked, asks the desk, and shows the answer. A page is
a module of ``pages``, with a template of the same name; ``app`` gathers their routes.
"""
