"""The pictures' words in the admin: a side panel in the editor, a report of what is wrong."""
