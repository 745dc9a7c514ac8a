"""The nouns of the program: pure data and its rules. No I/O, no clock."""
