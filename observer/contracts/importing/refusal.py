"""A file that is not of the form it was said to be."""

from observer.errors import InputError, Problem
from observer.messages import Words


def refused(place: str, form: str, path: str = "$") -> InputError:
    """Returns the error for a file that is not in `form`, whose shape `exchange.form.<form>` tells."""
    came = Words("exchange.got.another")
    return InputError(Problem(place, Words(f"exchange.form.{form}"), came, path))
