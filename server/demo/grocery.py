"""Food and daily needs of the demo store; the loose ones are weighed."""

from server.demo.kinds import rows

BRANDS = ("Annapura", "Hillfarm", "Dakshin Pantry", "Gully Kitchen", "Morning Basket")

GOODS = (
    *rows(
        "Staples",
        """
        Basmati Rice | 1006 | essential | 110 | sack | Everyday, Long Grain, Aged, Brown | 1 kg, 5 kg
        Wheat Flour | 1101 | essential | 55 | sack | Whole, Multigrain, Sharbati | 1 kg, 5 kg
        Toor Dal | 0713 | essential | 140 | sack | Classic, Unpolished, Organic | 500 g, 1 kg
        Moong Dal | 0713 | essential | 125 | sack | Split, Whole, Organic | 500 g, 1 kg
        Chana | 0713 | essential | 95 | sack | Kabuli, Black, Roasted | 500 g, 1 kg
        Poha | 1904 | essential | 48 | sack | Thick, Thin, Red | 500 g
        Sugar | 1701 | essential | 46 | sack | Fine, Sulphurless, Demerara | 1 kg
        Jaggery | 1701 | essential | 70 | box | Block, Powder, Palm | 500 g
        Salt | 2501 | exempt | 22 | packet | Iodised, Rock, Black | 1 kg
        Sunflower Oil | 1512 | essential | 145 | bottle | Refined, Cold Pressed | 1 L, 5 L
        Groundnut Oil | 1508 | essential | 190 | bottle | Filtered, Cold Pressed | 1 L
        Ghee | 0405 | reduced | 320 | jar | Cow, Buffalo, Bilona | 200 ml, 500 ml, 1 L
        """,
    ),
    *rows(
        "Spices",
        """
        Turmeric Powder | 0910 | essential | 38 | packet | Classic, Lakadong, Organic | 100 g, 200 g
        Chilli Powder | 0904 | essential | 45 | packet | Hot, Kashmiri, Byadgi | 100 g, 200 g
        Coriander Powder | 0909 | essential | 36 | packet | Classic, Roasted | 100 g, 200 g
        Garam Masala | 0910 | essential | 62 | packet | Punjabi, Chettinad, Royal | 50 g, 100 g
        Sambar Powder | 2103 | reduced | 58 | packet | Udupi, Madras | 100 g, 200 g
        Cumin Seeds | 0909 | essential | 55 | jar | Whole, Roasted | 100 g
        Black Pepper | 0904 | essential | 95 | jar | Whole, Crushed | 50 g, 100 g
        Cardamom | 0908 | essential | 160 | jar | Green, Black | 25 g, 50 g
        """,
    ),
    *rows(
        "Snacks",
        """
        Biscuits | 1905 | daily | 30 | packet | Butter, Digestive, Coconut, Ginger, Oat | 150 g, 300 g
        Potato Chips | 2005 | reduced | 20 | packet | Salted, Masala, Tomato, Pepper | 50 g, 100 g
        Namkeen | 2106 | reduced | 45 | packet | Bhujia, Mixture, Moong, Sev | 200 g, 400 g
        Chocolate | 1806 | daily | 60 | bar | Milk, Dark, Almond, Orange, Sea Salt | 50 g, 100 g
        Noodles | 1902 | daily | 25 | packet | Masala, Hakka, Millet | 70 g, 280 g
        Muesli | 1904 | daily | 220 | box | Fruit, Nut, Cocoa | 400 g
        Makhana | 2008 | reduced | 110 | packet | Plain, Peri Peri, Mint | 80 g
        Cookies | 1905 | daily | 80 | box | Choco Chip, Jeera, Almond | 200 g
        """,
    ),
    *rows(
        "Drinks",
        """
        Tea | 0902 | essential | 120 | box | Assam, Darjeeling, Masala, Green, Tulsi | 100 g, 250 g, 500 g
        Coffee | 0901 | essential | 190 | jar | Filter, Instant, Dark Roast | 100 g, 200 g
        Fruit Juice | 2009 | reduced | 99 | carton | Mango, Orange, Guava, Litchi, Apple | 200 ml, 1 L
        Cola | 2202 | demerit | 40 | bottle | Classic, Zero | 300 ml, 750 ml
        Soda | 2202 | demerit | 20 | bottle | Plain, Lime | 300 ml, 600 ml
        Coconut Water | 2009 | reduced | 45 | carton | Tender, Lemon | 200 ml
        """,
    ),
    *rows(
        "Dairy & Bakery",
        """
        Milk | 0401 | exempt | 34 | carton | Toned, Full Cream, Cow, Lactose Free | 500 ml, 1 L
        Curd | 0403 | essential | 38 | tub | Set, Probiotic, Greek | 200 g, 400 g
        Paneer | 0406 | exempt | 95 | tub | Fresh, Malai | 200 g
        Butter | 0405 | reduced | 58 | box | Salted, White | 100 g, 500 g
        Cheese | 0406 | reduced | 125 | box | Slices, Block, Spread | 200 g
        Bread | 1905 | exempt | 45 | loaf | White, Brown, Multigrain, Milk | 400 g
        """,
    ),
    *rows(
        "Pantry",
        """
        Pickle | 2001 | reduced | 95 | jar | Mango, Lime, Garlic, Mixed, Chilli | 300 g
        Jam | 2007 | reduced | 110 | jar | Mixed Fruit, Strawberry, Fig | 500 g
        Honey | 0409 | essential | 180 | jar | Wild, Multiflora, Jamun | 250 g, 500 g
        Ketchup | 2103 | reduced | 90 | bottle | Tomato, Sweet Chilli | 500 g, 1 kg
        Papad | 1905 | exempt | 60 | packet | Urad, Moong, Pepper | 200 g
        Pasta | 1902 | daily | 75 | packet | Penne, Fusilli, Macaroni | 500 g
        """,
    ),
    *rows(
        "Personal Care",
        """
        Soap | 3401 | daily | 42 | box | Sandal, Neem, Rose, Lemon | 75 g, 125 g
        Shampoo | 3305 | daily | 160 | bottle | Hibiscus, Aloe, Onion | 180 ml, 340 ml
        Toothpaste | 3306 | daily | 85 | tube | Clove, Mint, Charcoal | 100 g, 200 g
        Hair Oil | 3305 | daily | 120 | bottle | Coconut, Almond, Amla | 200 ml
        Hand Wash | 3401 | standard | 99 | bottle | Lime, Lavender | 250 ml
        Face Cream | 3304 | standard | 210 | tub | Day, Night, Aloe | 50 g
        """,
    ),
    *rows(
        "Fruit & Vegetables",
        """
        Mango | 0804 | exempt | 160 | fruit | Alphonso, Banganapalli, Badami, Totapuri
        Apple | 0808 | exempt | 190 | fruit | Shimla, Royal, Kinnaur, Green
        Orange | 0805 | exempt | 110 | fruit | Nagpur, Valencia
        Banana | 0803 | exempt | 52 | banana | Yelakki, Robusta, Nendran, Red
        Grapes | 0806 | exempt | 130 | fruit | Green, Black
        Guava | 0804 | exempt | 80 | fruit | White, Pink
        Papaya | 0807 | exempt | 55 | fruit | Ripe, Raw
        Tomato | 0702 | exempt | 38 | fruit | Hybrid, Country, Cherry
        Onion | 0703 | exempt | 36 | fruit | Red, White, Shallot
        Potato | 0701 | exempt | 32 | fruit | New, Baby
        Carrot | 0706 | exempt | 58 | carrot | Orange, Ooty
        Beans | 0708 | exempt | 72 | leaf | French, Cluster, Broad
        Spinach | 0709 | exempt | 60 | leaf | Palak, Baby
        Cabbage | 0704 | exempt | 34 | leaf | Green, Purple
        Capsicum | 0709 | exempt | 90 | fruit | Green, Red, Yellow
        Ginger | 0910 | exempt | 140 | carrot | Fresh
        """,
        weighed=True,
    ),
    *rows(
        "Loose & Dry Fruit",
        """
        Almonds | 0802 | essential | 820 | nuts | Mamra, California
        Cashews | 0801 | essential | 940 | nuts | Whole W320, Pieces
        Raisins | 0806 | essential | 360 | nuts | Golden, Black
        Dates | 0804 | reduced | 420 | nuts | Kimia, Medjool
        Walnuts | 0802 | essential | 1080 | nuts | Kashmiri
        Loose Rice | 1006 | exempt | 62 | sack | Sona Masoori, Ponni
        """,
        weighed=True,
    ),
)
