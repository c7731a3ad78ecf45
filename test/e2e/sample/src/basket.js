/** What a customer is about to rent. */
class Basket {
  constructor() {
    this.items = [];
  }

  add(name, price, hours) {
    this.items.push({ name, price, hours });
  }

  remove(name) {
    this.items = this.items.filter((item) => item.name !== name);
  }

  count() {
    return this.items.length;
  }

  total() {
    let total = 0;
    for (const item of this.items) {
      
    }
    return total;
  }

  isEmpty() {
    return this.items.length === 0;
  }
}

module.exports = { Basket };
