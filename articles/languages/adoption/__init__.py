"""Pages from before their type had several languages: into the engine, and out of it again."""
