"""The bank's offers: what a product of each kind asks, costs and gives. All of it is assumed.

A pair is the value of an undemanding and of a demanding product of the offer; between the two
lies the product at hand. A demanding one asks a better credit score and a higher income, and
repays that with a better rate and more points.

The criteria leave something for everybody: the young on little money (starter, everyday, easy
access, growth), the middle-aged on good pay (rewards, mortgage, balanced) and the old without
debt (everyday, over-50s, income).
"""

CREDIT_CARD, LOAN, SAVINGS, INVESTMENT = "Credit Card", "Loan", "Savings Account", "Investment"

# Offer: product type, share of all products.
OFFERS = {
    "starter card": (CREDIT_CARD, 0.07),
    "everyday card": (CREDIT_CARD, 0.07),
    "low-rate card": (CREDIT_CARD, 0.07),
    "rewards card": (CREDIT_CARD, 0.06),
    "starter loan": (LOAN, 0.07),
    "personal loan": (LOAN, 0.09),
    "mortgage": (LOAN, 0.09),
    "easy-access saver": (SAVINGS, 0.08),
    "fixed-term saver": (SAVINGS, 0.06),
    "young saver": (SAVINGS, 0.05),
    "over-50s saver": (SAVINGS, 0.05),
    "growth fund": (INVESTMENT, 0.08),
    "balanced fund": (INVESTMENT, 0.08),
    "income fund": (INVESTMENT, 0.08),
}

# Offer: lowest age, highest age, lowest income (£), highest income (£), credit score.
CRITERIA = {
    "starter card": ((18, 18), (60, 75), (0, 6_000), (60_000, 150_000), (300, 450)),
    "everyday card": ((18, 21), (80, 95), (8_000, 15_000), (120_000, 400_000), (450, 560)),
    "low-rate card": ((18, 21), (75, 85), (13_000, 24_000), (120_000, 400_000), (510, 630)),
    "rewards card": ((21, 25), (75, 85), (24_000, 38_000), (300_000, 1_000_000), (550, 640)),
    "starter loan": ((18, 18), (65, 75), (6_000, 11_000), (60_000, 150_000), (380, 500)),
    "personal loan": ((18, 21), (70, 80), (14_000, 22_000), (200_000, 500_000), (510, 610)),
    "mortgage": ((21, 25), (62, 68), (24_000, 32_000), (400_000, 1_000_000), (520, 600)),
    "easy-access saver": ((18, 18), (95, 100), (0, 0), (250_000, 1_000_000), (300, 300)),
    "fixed-term saver": ((18, 18), (95, 100), (0, 1_000), (250_000, 1_000_000), (300, 350)),
    "young saver": ((18, 18), (27, 32), (0, 1_000), (100_000, 250_000), (300, 350)),
    "over-50s saver": ((50, 55), (95, 100), (0, 1_000), (150_000, 500_000), (300, 400)),
    "growth fund": ((18, 18), (40, 55), (8_000, 14_000), (200_000, 600_000), (400, 500)),
    "balanced fund": ((25, 30), (65, 75), (20_000, 30_000), (300_000, 1_000_000), (500, 600)),
    "income fund": ((50, 55), (90, 95), (9_000, 14_000), (200_000, 600_000), (520, 620)),
}

# Offer: interest rate (% a year; of an investment, the expected return), fee (£ a year), reward
# points, shortest and longest term (half-years), risk level, whether it can be renewed.
TERMS = {
    "starter card": ((39.9, 29.9), (30, 0), (200, 800), (4, 6), "Medium", True),
    "everyday card": ((31.9, 22.9), (24, 0), (500, 2_500), (6, 10), "Low", True),
    "low-rate card": ((17.9, 9.9), (30, 0), (100, 400), (6, 10), "Low", True),
    "rewards card": ((28.9, 20.9), (36, 195), (3_000, 10_000), (6, 10), "Low", True),
    "starter loan": ((24.9, 14.9), (0, 0), (0, 0), (2, 6), "High", False),
    "personal loan": ((13.9, 5.9), (0, 0), (0, 0), (2, 14), "Medium", False),
    "mortgage": ((5.9, 4.1), (0, 0), (0, 0), (30, 70), "Medium", False),
    "easy-access saver": ((2.6, 3.4), (0, 0), (0, 0), (2, 2), "Low", True),
    "fixed-term saver": ((3.5, 4.4), (0, 0), (0, 0), (2, 10), "Low", True),
    "young saver": ((4.4, 4.9), (0, 0), (0, 0), (2, 2), "Low", False),
    "over-50s saver": ((4.1, 4.7), (0, 0), (0, 0), (2, 6), "Low", True),
    "growth fund": ((6.0, 9.0), (15, 60), (0, 0), (10, 30), "High", False),
    "balanced fund": ((4.5, 6.5), (20, 90), (0, 0), (6, 20), "Medium", True),
    "income fund": ((3.0, 4.8), (20, 90), (0, 0), (2, 10), "Low", True),
}

# Offer: its benefits, told with the product's own figures; every rate is a year's.
BENEFITS = {
    "starter card": "Builds a credit history and gives {reward_points:,.0f} welcome points.",
    "everyday card": "Earns {reward_points:,.0f} points a year on shopping at home and abroad.",
    "low-rate card": "Only {interest_rate:.2f} % a year, and {reward_points:,.0f} welcome points.",
    "rewards card": "Earns {reward_points:,.0f} points a year, with travel insurance included.",
    "starter loan": "A first loan at {interest_rate:.2f} % a year over {term_length} months.",
    "personal loan": "Fixed at {interest_rate:.2f} % a year over {term_length} months.",
    "mortgage": "A mortgage of up to 4.5 times the income at {interest_rate:.2f} % a year, repaid "
    "over {term_length} months.",
    "easy-access saver": "Pays {interest_rate:.2f} % a year on savings at hand any day.",
    "fixed-term saver": "Pays a fixed {interest_rate:.2f} % a year for {term_length} months.",
    "young saver": "Pays {interest_rate:.2f} % a year for {term_length} months, up to {max_age}.",
    "over-50s saver": "Pays {interest_rate:.2f} % a year to savers of {min_age} and older.",
    "growth fund": "Shares that aim at {interest_rate:.2f} % a year over {term_length} months.",
    "balanced fund": "Shares and bonds, {interest_rate:.2f} % a year expected with fewer swings.",
    "income fund": "Bonds that pay out about {interest_rate:.2f} % a year, with little risk.",
}
