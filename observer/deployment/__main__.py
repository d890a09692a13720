"""`python -m observer.deployment`: writes the generated pages below the current folder."""

from observer.deployment.documents import PAGES
from observer.deployment.writing import write_pages

if __name__ == "__main__":
    write_pages(PAGES)
