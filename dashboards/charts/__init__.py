"""Pictures: one idea each, plain graph objects, no colour by sign, nothing drawn for what is hidden.

The only user of Plotly. Takes released rows, gives figures; the words around them are in ``wording``.
"""
