"""Product files of other systems (Shopify, WooCommerce, Magento, Vendure, plain CSV) become products of the store.

`read_products` only reads; `run` reads, gets the pictures and stores what is new or different.
"""

from server.importers.formats import read_products
from server.importers.importing import run

__all__ = ["read_products", "run"]
