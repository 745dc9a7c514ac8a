"""Real database servers for the tests: on loopback, with a data folder that is deleted when the tests end."""
