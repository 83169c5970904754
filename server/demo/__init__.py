"""A store to try: written for this project, filled in at the first start of an empty database."""
