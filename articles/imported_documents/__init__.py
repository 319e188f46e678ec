"""Articles from documents: pasted HTML and .docx files become blocks of a body."""
