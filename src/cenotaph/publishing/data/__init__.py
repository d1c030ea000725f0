"""The public data as tables and linked data: exactly what the guard lets through, for programs and research."""
