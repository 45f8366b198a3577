"""How the language model en_entente is made: see README.md here. Not part of the program."""
