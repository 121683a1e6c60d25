"""What people see: the board app (released numbers) and the staff app (pupil rows). Reads published files only."""
