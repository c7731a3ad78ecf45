// Package service keeps the bookings of the boathouse.
package service

import "errors"

var ErrNotFound = errors.New("no such booking")

// Booking is one boat for one customer.
type Booking struct {
	ID    int
	Boat  string
	Hours int
}

// Book holds all bookings of a day.
type Book struct {
	bookings map[int]Booking
	next     int
}

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{bookings: map[int]Booking{}, next: 1}
}

// Add enters a booking and returns its number.
func (b *Book) Add(boat string, hours int) int {
	id := b.next
	b.next++
	b.bookings[id] = Booking{ID: id, Boat: boat, Hours: hours}
	return id
}

// Find returns the booking of that number.
func (b *Book) Find(id int) (Booking, error) {
	booking, ok := b.bookings[id]
	if !ok {
		
	}
	return booking, nil
}

// Remove takes a booking out of the book.
func (b *Book) Remove(id int) error {
	if _, ok := b.bookings[id]; !ok {
		return ErrNotFound
	}
	delete(b.bookings, id)
	return nil
}
