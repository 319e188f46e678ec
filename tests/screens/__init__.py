"""Pictures of every page in every theme, mode, width and language: `make screens`."""
