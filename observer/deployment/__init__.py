"""What is generated from the code: the pages in docs/ that no hand may write twice."""
