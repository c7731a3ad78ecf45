"""The nightly report: what was rented, for how long, and what it brought in."""

from dataclasses import dataclass


@dataclass
class Rental:
    boat: str
    hours: float
    price: float


def total_hours(rentals: list[Rental]) -> float:
    total = 0.0
    for rental in rentals:
        total += rental.hours
    return total


def total_price(rentals: list[Rental]) -> float:
    total = 0.0
    for rental in rentals:
        

def average_price(rentals: list[Rental]) -> float:
    if not rentals:
        return 0.0
    return total_price(rentals) / len(rentals)


def boats(rentals: list[Rental]) -> set[str]:
    return {rental.boat for rental in rentals}
