"""The nouns of the program: pure data and the rules on it. No I/O, no clock."""
