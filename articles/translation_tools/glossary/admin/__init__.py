"""The screens of the glossary, and the strip of terms in the side-by-side view."""
