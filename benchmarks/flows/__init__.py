"""The steps of each flow; ``catalogue.py`` says what they are for."""
