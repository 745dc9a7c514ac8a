"""Real database servers of the tests' own: on loopback, in a data folder that goes when the tests end."""
