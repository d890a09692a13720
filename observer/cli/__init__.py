"""The command line: one file a command group. Parses, calls, prints and exits; decides nothing else.

Machine output goes to standard output, words for people to standard error. Exit 0: clean; 1: findings;
2: could not run.
"""
