"""`python -m observer` and the `observer` command."""

from observer.cli.main import main

if __name__ == "__main__":
    main()
