"""The shapes of the demo store's pictures, drawn for it on a board of 100 by 100.

A step is `what tone numbers`: p polygon, e ellipse and r rounded box (two corners), l line (a width, then points).
"""

CLOTHES = {
    "tunic": (
        "p main 36 18 45 22 55 22 64 18 82 38 71 46 66 40 70 86 30 86 34 40 29 46 18 38; "
        "p dark 45 22 55 22 50 44; l 1 light 50 30 50 44; l 2 light 31 80 69 80"
    ),
    "tshirt": (
        "p main 34 22 44 26 56 26 66 22 86 38 76 50 68 44 68 82 32 82 32 44 24 50 14 38; "
        "p dark 43 25 57 25 50 34; l 2 light 33 76 67 76"
    ),
    "shirt": (
        "p main 34 20 46 18 54 18 66 20 82 36 75 60 67 58 67 84 33 84 33 58 25 60 18 36; "
        "p light 44 17 50 26 56 17 62 22 50 34 38 22; l 1 dark 50 34 50 84; r dark 56 42 64 52 1"
    ),
    "trousers": (
        "p main 34 16 66 16 72 86 56 86 50 42 44 86 28 86; p dark 34 16 66 16 67 23 33 23; l 1 light 50 23 50 42"
    ),
    "shorts": (
        "p main 28 28 72 28 80 72 54 72 50 52 46 72 20 72; p dark 28 28 72 28 73 36 27 36; l 1 light 50 36 50 52"
    ),
    "jacket": (
        "p main 34 18 44 16 56 16 66 18 84 40 78 74 68 72 68 86 32 86 32 72 22 74 16 40; "
        "p light 44 16 50 46 56 16; p dark 44 16 50 48 40 34; p dark 56 16 50 48 60 34; l 1 dark 50 48 50 86"
    ),
    "vest": (
        "p main 36 16 46 20 54 20 64 16 70 40 68 86 32 86 30 40; p dark 46 20 50 30 54 20; "
        "l 1 light 50 30 50 86; e light 52 40 55 43; e light 52 54 55 57; e light 52 68 55 71"
    ),
    "dress": (
        "p main 40 14 46 18 54 18 60 14 66 34 59 42 80 86 20 86 41 42 34 34; r dark 40 40 60 45 1; "
        "l 2 light 24 80 76 80"
    ),
    "skirt": (
        "p main 34 22 66 22 84 82 16 82; r dark 33 20 67 28 2; l 1 light 42 30 32 80; l 1 light 50 30 50 80; "
        "l 1 light 58 30 68 80"
    ),
    "shoe": (
        "p main 18 44 34 50 48 38 58 42 64 54 84 60 88 70 18 70; r pale 15 68 90 77 4; l 2 pale 46 47 54 54; "
        "l 2 pale 52 43 60 51; p dark 18 44 26 48 26 70 18 70"
    ),
    "scarf": (
        "p main 26 26 50 18 74 26 70 40 50 34 30 40; p dark 34 38 50 34 46 86 30 86; "
        "p main 54 35 66 38 72 78 58 80; l 1 light 31 78 46 78; l 1 light 58 72 71 70"
    ),
    "bag": ("r main 22 40 78 86 6; l 4 dark 36 42 38 24 50 18 62 24 64 42; r light 22 52 78 58 0; e pale 46 60 54 68"),
    "belt": (
        "e dark 18 26 82 76; e ground 26 34 74 68; r main 38 62 62 82 3; r ground 43 67 57 77 2; l 2 light 50 67 50 72"
    ),
    "cap": ("e main 24 28 76 86; r ground 20 62 90 92 0; p dark 24 58 76 58 92 68 60 70 24 66; e light 48 26 53 31"),
    "socks": (
        "p main 32 16 48 16 48 52 66 68 62 80 50 80 32 62; r light 32 16 48 24 1; p dark 56 60 66 68 62 80 54 78"
    ),
}

FOOD = {
    "sack": (
        "p main 30 22 70 22 78 48 74 86 26 86 22 48; p dark 30 22 70 22 64 32 36 32; r pale 34 46 66 70 4; "
        "e main 42 50 58 66; l 2 light 34 32 66 32"
    ),
    "box": (
        "r main 26 24 74 84 4; r dark 26 24 74 36 4; r pale 34 46 66 68 3; e main 43 50 57 64; l 2 light 34 76 66 76"
    ),
    "packet": (
        "p main 28 20 72 20 74 26 72 80 74 86 26 86 28 80 26 26; r dark 28 20 72 27 0; r dark 28 79 72 86 0; "
        "e pale 34 36 66 68; e main 42 44 58 60"
    ),
    "bottle": (
        "r dark 43 12 57 24 2; p main 44 22 56 22 58 34 68 46 68 84 64 88 36 88 32 84 32 46 42 34; "
        "r pale 32 54 68 74 1; e main 45 58 55 70"
    ),
    "jar": (
        "r dark 30 18 70 30 3; r main 26 29 74 86 9; r pale 26 46 74 70 0; e main 42 50 58 66; l 2 light 33 36 33 42"
    ),
    "bar": (
        "r dark 24 34 76 72 3; r main 24 34 56 72 2; l 2 light 40 34 40 72; l 2 light 24 53 56 53; r pale 60 42 72 64 2"
    ),
    "carton": (
        "p main 32 36 68 36 68 88 32 88; p dark 32 36 40 22 60 22 68 36; r light 40 14 60 24 1; "
        "r pale 38 50 62 74 4; e main 44 55 56 69"
    ),
    "tub": "p main 26 40 74 40 68 84 32 84; r dark 23 30 77 42 4; e pale 38 50 62 74; l 2 light 30 36 70 36",
    "loaf": (
        "r main 16 36 84 82 12; e main 16 26 52 58; e main 48 26 84 58; l 3 light 34 36 30 50; "
        "l 3 light 52 36 48 50; l 3 light 70 36 66 50; r dark 16 76 84 83 4"
    ),
    "tube": "p main 30 20 70 20 62 72 38 72; r dark 40 72 60 86 3; r dark 28 15 72 22 1; l 3 pale 50 32 50 60",
    "fruit": (
        "e main 22 30 66 78; e main 34 30 78 78; l 3 dark 50 36 54 20; p leaf 54 24 72 16 68 30; e light 32 40 42 54"
    ),
    "banana": (
        "p main 24 24 30 22 36 46 54 62 80 64 82 70 60 80 36 70 24 48; l 2 dark 27 20 27 26; l 2 light 34 52 54 68"
    ),
    "carrot": (
        "p main 36 38 58 30 68 40 34 88 30 86; p leaf 54 34 50 12 60 26 70 12 66 28 84 22 66 40; "
        "l 2 dark 42 52 50 56; l 2 dark 38 66 44 69"
    ),
    "leaf": (
        "p leaf 50 14 74 34 76 60 50 86 24 60 26 34; l 2 light 50 24 50 90; l 1 light 50 44 64 34; "
        "l 1 light 50 44 36 34; l 1 light 50 62 66 52; l 1 light 50 62 34 52"
    ),
    "nuts": (
        "p dark 20 56 80 56 70 86 30 86; e main 22 40 46 62; e light 40 34 62 58; e main 56 42 80 62; "
        "e main 34 48 58 68; e light 54 52 72 68"
    ),
}

HOME = {
    "mug": "r main 24 28 66 82 6; e dark 24 22 66 36; l 6 main 66 40 80 42 80 62 66 66; l 2 light 32 46 32 70",
    "plate": "e main 14 14 86 86; e light 24 24 76 76; e pale 30 30 70 70",
    "bowl": "p main 16 44 84 44 74 72 60 82 40 82 26 72; e dark 16 36 84 52; e light 22 39 78 49",
    "flask": "r dark 42 10 58 22 3; r main 34 22 66 90 8; r light 34 40 66 46 0; r pale 40 52 46 80 3",
    "pan": "e dark 12 26 66 78; e main 18 32 60 72; r dark 62 46 94 56 4; e light 26 38 40 50",
    "knife": "p light 14 58 62 44 62 58 24 64; r dark 60 43 90 57 4; e pale 68 48 72 52; e pale 78 48 82 52",
    "board": (
        "r main 24 26 76 88 8; r main 42 12 58 30 5; e ground 46 16 54 24; l 1 dark 36 40 36 78; "
        "l 1 dark 50 40 50 78; l 1 dark 64 40 64 78"
    ),
    "towel": (
        "r main 24 22 76 60 4; r dark 24 46 76 84 4; r light 24 54 76 58 0; r light 24 70 76 74 0; "
        "l 2 light 30 30 70 30"
    ),
    "cushion": (
        "p main 18 22 50 27 82 22 77 50 82 80 50 75 18 80 23 50; p dark 50 36 64 51 50 66 36 51; "
        "p light 50 44 57 51 50 58 43 51"
    ),
    "curtain": (
        "r dark 12 14 88 19 2; p main 18 19 44 19 38 54 22 88 18 88; p main 56 19 82 19 82 88 78 88 62 54; "
        "l 1 light 27 20 24 84; l 1 light 36 20 31 60; l 1 light 73 20 76 84; l 1 light 64 20 69 60"
    ),
    "basket": (
        "p main 22 40 78 40 70 86 30 86; r dark 18 34 82 43 4; l 1 light 25 54 75 54; l 1 light 27 64 73 64; "
        "l 1 light 29 74 71 74; l 4 dark 34 36 38 20 62 20 66 36"
    ),
    "candle": (
        "r main 28 44 72 86 5; e dark 28 38 72 50; l 2 dark 50 44 50 34; e flame 45 16 55 36; r pale 38 58 62 74 3"
    ),
    "lamp": "p main 34 16 66 16 78 46 22 46; l 4 dark 50 46 50 80; r dark 32 80 68 87 3; l 2 light 40 22 33 42",
    "vase": (
        "p main 40 14 60 14 57 28 72 52 66 80 58 88 42 88 34 80 28 52 43 28; r dark 38 12 62 18 2; "
        "l 3 light 30 54 70 54; l 1 light 31 62 69 62"
    ),
    "frame": ("r main 20 14 80 86 3; r pale 29 23 71 77 1; p dark 30 74 46 50 56 62 62 54 70 74; e light 56 32 65 41"),
    "clock": ("e main 14 14 86 86; e pale 22 22 78 78; l 4 dark 50 50 50 30; l 4 dark 50 50 64 58; e dark 47 47 53 53"),
    "book": (
        "r main 26 14 76 86 4; r dark 26 14 36 86 3; r pale 44 28 68 42 2; l 2 light 44 54 68 54; l 2 light 44 62 62 62"
    ),
    "pen": (
        "p main 26 68 66 20 76 28 36 76; p dark 26 68 36 76 20 82; l 3 light 68 24 42 56; "
        "p dark 66 20 72 13 82 21 76 28"
    ),
    "bulb": (
        "e main 26 12 74 62; p main 36 54 64 54 60 70 40 70; r dark 40 68 60 86 3; l 2 light 40 74 60 74; "
        "l 2 light 40 80 60 80; e pale 36 22 46 36"
    ),
    "umbrella": (
        "e main 12 18 88 90; r ground 8 54 92 94 0; p dark 50 18 64 54 36 54; "
        "l 3 dark 50 54 50 80 44 86 38 82; l 2 dark 50 12 50 20"
    ),
    "broom": (
        "l 5 dark 62 10 48 48; p main 40 46 56 50 64 88 24 80; l 1 light 42 54 34 80; l 1 light 48 56 44 83; "
        "l 1 light 52 56 54 85"
    ),
}

SHAPES = {**CLOTHES, **FOOD, **HOME}
