"""The guided demo: one minute in six steps, for people who don't know the field."""
