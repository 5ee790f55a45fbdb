"""What a text says of its writer's state, and the path of songs that answers it."""
