"""A source on loopback with a catalogue of its own: crawls are proven and shown against it."""
