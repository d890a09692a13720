"""What Maison Lumière sells and how its pages are called. All of it is invented."""

from typing import Final, NamedTuple


class Product(NamedTuple):
    """One product. price: in euros, with tax."""

    id: str
    name: str
    category: str
    price: float


PRODUCTS: Final[tuple[Product, ...]] = (
    Product("LAMP-ARC-02", "Lampadaire Arc", "luminaires", 189.9),
    Product("LAMP-OPA-11", "Lampe opale", "luminaires", 59.0),
    Product("SUSP-ROT-04", "Suspension rotin", "luminaires", 79.9),
    Product("PLAI-LIN-01", "Plaid en lin lavé", "textile", 49.5),
    Product("COUS-VEL-07", "Coussin velours", "textile", 24.9),
    Product("VASE-GRE-03", "Vase en grès", "decoration", 34.0),
    Product("MIRO-ROND-5", "Miroir rond laiton", "decoration", 119.0),
    Product("TABL-CHEN-2", "Table basse chêne", "mobilier", 329.0),
    Product("CHAI-CANN-8", "Chaise cannée", "mobilier", 149.0),
    Product("BOUG-FIG-09", "Bougie figuier", "senteurs", 19.9),
)

SHOP: Final = "https://www.maison-lumiere.example"
MAGAZINE: Final = "https://magazine.maison-lumiere.example"
PAGES: Final[tuple[tuple[str, str], ...]] = (
    ("/", "Maison Lumière"),
    ("/luminaires", "Luminaires"),
    ("/textile", "Textile"),
    ("/mobilier", "Mobilier"),
    ("/nouveautes", "Nouveautés"),
    ("/panier", "Votre panier"),
)
