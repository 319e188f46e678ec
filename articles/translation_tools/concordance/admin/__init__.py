"""The screens of the concordance, and its part of the side-by-side view."""
