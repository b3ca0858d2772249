"""Gives Dateline what nobody in his right mind would, input after input, and keeps what it could not bear.

``dice`` bends bytes, ``kinds`` knows what each door takes and calls it, ``watching`` runs the inputs in a process of
their own and sees whether one crashed, hung or grew, and ``__main__`` is the command.
"""
