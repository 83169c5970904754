"""The States and Union Territories of India by GST code, as an invoice has to name them."""

STATES = {
    "01": "Jammu and Kashmir",
    "02": "Himachal Pradesh",
    "03": "Punjab",
    "04": "Chandigarh",
    "05": "Uttarakhand",
    "06": "Haryana",
    "07": "Delhi",
    "08": "Rajasthan",
    "09": "Uttar Pradesh",
    "10": "Bihar",
    "11": "Sikkim",
    "12": "Arunachal Pradesh",
    "13": "Nagaland",
    "14": "Manipur",
    "15": "Mizoram",
    "16": "Tripura",
    "17": "Meghalaya",
    "18": "Assam",
    "19": "West Bengal",
    "20": "Jharkhand",
    "21": "Odisha",
    "22": "Chhattisgarh",
    "23": "Madhya Pradesh",
    "24": "Gujarat",
    "26": "Dadra and Nagar Haveli and Daman and Diu",
    "27": "Maharashtra",
    "29": "Karnataka",
    "30": "Goa",
    "31": "Lakshadweep",
    "32": "Kerala",
    "33": "Tamil Nadu",
    "34": "Puducherry",
    "35": "Andaman and Nicobar Islands",
    "36": "Telangana",
    "37": "Andhra Pradesh",
    "38": "Ladakh",
    "97": "Other Territory",
}
WITHOUT_LEGISLATURE = frozenset({"04", "26", "31", "35", "38"})
"""Union Territories where the second half of the tax is called UTGST (UTGST Act s.7), not SGST."""


def state_text(code: str) -> str:
    """Write a State with its code, as Rule 46 asks: "29 – Karnataka"; an unknown code stands alone."""
    return f"{code} – {STATES[code]}" if code in STATES else code


def state_tax(code: str) -> str:
    """The name of the State's half of the tax."""
    return "UTGST" if code in WITHOUT_LEGISLATURE else "SGST"
