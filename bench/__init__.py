"""What we claim about speed, measured beside what people would pick instead, in one run and on the same data."""
