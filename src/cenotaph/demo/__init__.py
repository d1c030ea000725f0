"""The bundled case: an invented country with invented dead, whose true number is known."""
