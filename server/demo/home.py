"""Things for kitchen, table, bed and desk of the demo store."""

from server.demo.kinds import rows

BRANDS = ("Potter's Lane", "Udaya Home", "Casa Tulsi", "Brightwork")

GOODS = (
    *rows(
        "Kitchen",
        """
        Coffee Mug | 6912 | reduced | 249 | mug | Speckled, Handpainted, Tall, Enamel
        Dinner Plate | 6912 | reduced | 299 | plate | Stoneware, Melamine, Rimmed
        Serving Bowl | 6912 | reduced | 399 | bowl | Stoneware, Mango Wood, Copper
        Water Bottle | 7323 | reduced | 599 | flask | Steel, Copper, Insulated | 500 ml, 1 L
        Lunch Box | 7323 | reduced | 699 | box | Two Tier, Three Tier, Insulated
        Frying Pan | 7615 | reduced | 899 | pan | Non-Stick, Cast Iron, Steel | 20 cm, 24 cm, 28 cm
        Kadai | 7323 | reduced | 999 | pan | Steel, Cast Iron | 22 cm, 26 cm
        Pressure Cooker | 7615 | reduced | 1899 | pan | Aluminium, Steel | 3 L, 5 L
        Storage Jar | 7013 | standard | 199 | jar | Glass, Bamboo Lid | 500 ml, 1 L
        Knife | 8211 | reduced | 349 | knife | Chef's, Paring, Bread
        Chopping Board | 4419 | reduced | 449 | board | Bamboo, Acacia
        Tea Towel | 6302 | essential | 149 | towel | Checked, Waffle, Herringbone
        """,
    ),
    *rows(
        "Bed & Bath",
        """
        Bedsheet Set | 6302 | essential | 1299 | towel | Percale, Block Print, Sateen | Single, Double, King
        Bath Towel | 6302 | essential | 499 | towel | Terry, Waffle, Bamboo
        Cushion Cover | 6304 | essential | 299 | cushion | Kantha, Ikat, Velvet, Embroidered
        Dohar | 6301 | essential | 1499 | towel | Mulmul, Reversible | Single, Double
        Pillow | 9404 | standard | 599 | cushion | Microfibre, Memory Foam, Cotton
        Curtain | 6303 | reduced | 899 | curtain | Sheer, Blackout, Linen | 5 ft, 7 ft
        Bath Mat | 5703 | reduced | 449 | towel | Tufted, Chenille
        Laundry Basket | 4602 | reduced | 799 | basket | Cane, Cotton Rope
        """,
    ),
    *rows(
        "Decor",
        """
        Scented Candle | 3406 | reduced | 399 | candle | Sandalwood, Jasmine, Vetiver, Citrus
        Table Lamp | 9405 | standard | 1599 | lamp | Cane, Brass, Ceramic
        Vase | 6913 | reduced | 699 | vase | Terracotta, Glass, Blue Pottery
        Photo Frame | 4414 | reduced | 349 | frame | Sheesham, Brass, Whitewash | A5, A4
        Wall Clock | 9105 | standard | 999 | clock | Minimal, Wooden, Metal
        Planter | 6914 | reduced | 449 | vase | Ceramic, Hanging, Fibre
        Diya Set | 6913 | reduced | 199 | bowl | Clay, Brass
        Doormat | 5705 | reduced | 349 | towel | Coir, Jute
        """,
    ),
    *rows(
        "Desk & Utility",
        """
        Notebook | 4820 | reduced | 129 | book | Ruled, Dotted, Handmade Paper | A6, A5
        Pen | 9608 | standard | 49 | pen | Gel, Ball, Fountain
        LED Bulb | 8539 | standard | 119 | bulb | Warm, Daylight | 9 W, 12 W
        Umbrella | 6601 | reduced | 499 | umbrella | Folding, Long
        Detergent | 3402 | standard | 189 | packet | Powder, Liquid | 1 kg, 2 kg
        Broom | 9603 | exempt | 149 | broom | Grass, Coconut
        Torch | 8513 | standard | 299 | flask | Rechargeable, Pocket
        Extension Board | 8536 | standard | 549 | box | Four Way, Surge Guard
        """,
    ),
)
