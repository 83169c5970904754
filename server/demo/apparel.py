"""Clothes, shoes and accessories of the demo store."""

from server.demo.kinds import rows

BRANDS = ("Neem & Thread", "Kadal", "Marlo", "Saanjh", "Tuskar")
COLOURS = ("Indigo", "Ivory", "Maroon", "Olive", "Mustard", "Charcoal", "Teal", "Rose")
LETTERS = ("S", "M", "L", "XL", "XXL")

GOODS = (
    *rows(
        "Men",
        """
        Kurta | 6205 | apparel | 799 | tunic | Cotton, Linen, Block Print, Festive
        T-Shirt | 6109 | apparel | 399 | tshirt | Crew Neck, Polo, Henley, Striped, Oversized
        Shirt | 6205 | apparel | 899 | shirt | Oxford, Checked, Mandarin Collar, Denim
        Chinos | 6203 | apparel | 1299 | trousers | Slim, Relaxed, Stretch
        Jeans | 6203 | apparel | 1499 | trousers | Straight, Tapered, Washed
        Blazer | 6203 | apparel-fine | 3999 | jacket | Linen, Wool Blend
        Nehru Jacket | 6203 | apparel | 1799 | vest | Khadi, Jacquard, Quilted
        Joggers | 6103 | apparel | 899 | trousers | Fleece, Jersey
        """,
        sizes=LETTERS,
    ),
    *rows(
        "Women",
        """
        Kurti | 6206 | apparel | 699 | tunic | A-Line, Straight, Anarkali, Embroidered, Printed
        Dress | 6204 | apparel | 1299 | dress | Wrap, Shirt, Maxi, Tiered
        Top | 6206 | apparel | 599 | tshirt | Ribbed, Peplum, Boxy, Sleeveless
        Palazzo | 6204 | apparel | 799 | trousers | Cotton, Rayon, Pleated
        Skirt | 6204 | apparel | 899 | skirt | Midi, Pleated, Handblock
        Cardigan | 6110 | apparel | 1199 | jacket | Cable Knit, Cropped, Longline
        Lehenga | 6204 | apparel-fine | 4999 | skirt | Zari, Mirror Work
        Leggings | 6104 | apparel | 399 | trousers | Ankle, Full Length
        """,
        sizes=LETTERS,
    ),
    *rows(
        "Kids",
        """
        Kids T-Shirt | 6109 | apparel | 299 | tshirt | Dinosaur, Rocket, Rainbow, Tiger
        Kids Frock | 6204 | apparel | 599 | dress | Floral, Party, Gingham
        Kids Shorts | 6203 | apparel | 349 | shorts | Cargo, Terry
        Kids Kurta Set | 6203 | apparel | 899 | tunic | Cotton, Silk Blend
        Pyjama Set | 6107 | apparel | 549 | tunic | Stars, Jungle, Stripes
        """,
        sizes=("2-3Y", "4-5Y", "6-7Y", "8-9Y"),
    ),
    *rows(
        "Footwear",
        """
        Sneakers | 6404 | apparel | 1599 | shoe | Canvas, Running, High Top, Slip-On
        Sandals | 6403 | apparel | 899 | shoe | Kolhapuri, Strappy, Walking
        Loafers | 6403 | apparel | 2199 | shoe | Suede, Penny
        """,
        sizes=("6", "7", "8", "9", "10"),
    ),
    *rows(
        "Accessories",
        """
        Stole | 6214 | apparel | 499 | scarf | Pashmina Blend, Cotton, Silk, Ikat
        Tote Bag | 4202 | standard | 699 | bag | Jute, Canvas, Quilted
        Belt | 4203 | standard | 599 | belt | Leather, Woven
        Cap | 6505 | standard | 349 | cap | Twill, Corduroy
        Socks | 6115 | essential | 149 | socks | Ankle, Crew, Bamboo
        Backpack | 4202 | standard | 1499 | bag | Daypack, Laptop, Rolltop
        """,
        sizes=("One size",),
    ),
)
