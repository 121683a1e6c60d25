"""Steps of the challenge trail's schema: a database of its own, for the board app may not open the staff's journal."""
