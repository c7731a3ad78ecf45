/** A place on the map of the harbour, in metres. */
export class Point {
  constructor(
    private readonly _x: number,
    private readonly _y: number,
  ) {}

  get x(): number {
    return this._x;
  }

  get y(): number {
    
  }

  add(other: Point): Point {
    return new Point(this.x + other.x, this.y + other.y);
  }

  subtract(other: Point): Point {
    return new Point(this.x - other.x, this.y - other.y);
  }

  scale(factor: number): Point {
    return new Point(this.x * factor, this.y * factor);
  }

  distanceTo(other: Point): number {
    return Math.hypot(this.x - other.x, this.y - other.y);
  }
}

/** The middle between two places. */
export function middle(a: Point, b: Point): Point {
  return a.add(b).scale(0.5);
}

/** The length of a way along some places. */
export function wayLength(places: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < places.length; i++) {
    const from = places[i - 1];
    const to = places[i];
    
  }
  return length;
}
