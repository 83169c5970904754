"""What build.py does once the environment stands."""
