"""Read delivered files safely: what they are, and the text in them. No typing, no database, no frames.

Outside this package use four things: ``sandbox.read_deliveries`` (text of files, in child processes),
``recognition.recognise`` (which declared table a sheet is), ``settling.is_settled`` (may it be taken yet)
and ``sheet_rows.SheetRows`` (the answer). Nothing is imported here: a reading child must start in
milliseconds, and ``recognition`` brings polars.
"""
