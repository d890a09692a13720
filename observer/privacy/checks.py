"""Control digits: what tells a card, an account or a social security number from any other long number."""

from typing import Final

IBAN_LENGTHS: Final = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
"""Characters of an account number by country: the countries of SEPA. Source: SWIFT, IBAN registry."""

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """Whether the last digit is the control digit of the others. Source: ISO/IEC 7812-1, annex B."""
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0


def card(digits: str) -> bool:
    """Whether 15 to 19 digits are a payment card's: a range that issuers use, and the control digit.

    Ranges: American Express 34, 37 (15 digits); Visa 4, Mastercard 51-55 and 2221-2720, JCB 3528-3589 (16);
    Discover 60, 64, 65 and UnionPay 62 (16 to 19); Diners Club 30, 36, 38, 39 (14, see the recogniser).
    """
    length, two, four = len(digits), int(digits[:2]), int(digits[:4])
    ranges = (
        (length == 14 and two in (30, 36, 38, 39))
        or (length == 15 and two in (34, 37))
        or (length in (16, 19) and digits[0] == "4")
        or (length == 16 and (51 <= two <= 55 or 2221 <= four <= 2720 or 3528 <= four <= 3589))
        or (16 <= length <= 19 and two in (60, 62, 64, 65))
    )
    return ranges and luhn(digits)


def nir(number: str) -> bool:
    """Whether 15 characters are a French social security number: its last two check the other thirteen.

    Corsica's departments count as 19 (2A) and 18 (2B). Source: INSEE, "Répertoire national d'identification".
    """
    body = number[:13].upper().replace("2A", "19").replace("2B", "18")
    return body.isdecimal() and 97 - int(body) % 97 == int(number[13:])


def iban(account: str) -> bool:
    """Whether an account number without spaces keeps its remainder. Source: ISO 13616, ISO/IEC 7064 MOD 97-10."""
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
