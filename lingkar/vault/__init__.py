"""Ground floor: all cryptography. What is sealed here opens only with a key that a person holds."""
