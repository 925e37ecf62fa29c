"""The one way upwards. Receivers are connected in portal/wiring.py and nowhere else."""

from django.dispatch import Signal

# Sent inside the transaction that changes the item: what must be true together with it (the search index).
changing = Signal()  # sender: model, item

# Sent after commit: what follows from it (mail, cached pages).
transitioned = Signal()  # sender: model, item, name, by
