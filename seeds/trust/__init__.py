"""The synthetic trust: who the pupils are and what happens to them, by noun; then the files that schools send.

``people`` … ``inclusion`` decide what is true; ``write_*`` put it into each source's form; ``dirt`` spoils rows;
``truth`` writes down what was planted. Nothing here reads the files back.
"""
