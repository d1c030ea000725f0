"""Values: what is written, and what it means. Pure: tables in `data/`, no other input or output."""
