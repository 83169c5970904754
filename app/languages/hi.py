"""Hindi. Names in braces stay as they are; a sentence that is missing here is shown in English."""

WORDS = {
    "Sell": "बिक्री",
    "Orders": "ऑर्डर",
}
