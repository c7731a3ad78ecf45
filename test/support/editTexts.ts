/** What the tasks of `editTasks.ts` edit, in several languages. */

export const CART = `export class Cart {
  private readonly items: Item[] = [];

  add(item: Item): void {
    if (item.count <= 0) throw new Error('count must be more than 0');
    const found = this.items.find((each) => each.id === item.id);
    if (found) found.count += item.count;
    else this.items.push(item);
  }

  remove(id: string): void {
    const index = this.items.findIndex((each) => each.id === id);
    if (index >= 0) this.items.splice(index, 1);
  }

  total(): number {
    let sum = 0;
    for (const item of this.items) {
      const price = item.price * item.count;
      sum += price - price * item.discount;
    }
    return Math.round(sum * 100) / 100;
  }

  clear(): void {
    this.items.length = 0;
  }
}`;

export const REPORT = `def read_rows(path):
    rows = []
    with open(path) as file:
        for line in file:
            value = line.strip().split(",")
            rows.append(value)
    return rows


def average(rows, column):
    total = 0
    count = 0
    for value in rows:
        total = total + float(value[column])
        count = count + 1
    if count == 0:
        return 0
    return total / count


def largest(rows, column):
    best = None
    for value in rows:
        number = float(value[column])
        if best is None or number > best:
            best = number
    return best


def report(path):
    rows = read_rows(path)
    print("rows", len(rows))
    print("average", average(rows, 2))
    print("largest", largest(rows, 2))`;

export const LEDGER = `import java.util.ArrayList;
import java.util.List;

public class Ledger {
    private final List<Entry> entries = new ArrayList<>();
    private long limit = 1000;

    public void add(Entry entry) {
        if (entry.amount() > limit) {
            throw new IllegalArgumentException("amount is over the limit");
        }
        entries.add(entry);
    }

    public long total() {
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.amount();
        }
        return sum;
    }

    public Entry largest() {
        Entry best = null;
        for (Entry entry : entries) {
            if (best == null || entry.amount() > best.amount()) {
                best = entry;
            }
        }
        return best;
    }
}`;

export const STYLE = `.card {
  display: flex;
  flex-direction: column;
  padding: 16px;
  border: 1px solid #cccccc;
  border-radius: 4px;
  background: #ffffff;
}

.card .title {
  margin: 0 0 8px;
  font-size: 18px;
  font-weight: 600;
  color: #222222;
}

.card .text {
  margin: 0;
  font-size: 14px;
  line-height: 1.5;
  color: #444444;
}

.card .button {
  align-self: flex-end;
  padding: 8px 16px;
  border: none;
  border-radius: 4px;
  background: #0066cc;
  color: #ffffff;
}`;

export const POOL = `package pool

type Pool struct {
	jobs    chan Job
	results chan Result
	size    int
}

func New(size int) *Pool {
	return &Pool{
		jobs:    make(chan Job, size),
		results: make(chan Result, size),
		size:    size,
	}
}

func (p *Pool) Start() {
	for i := 0; i < p.size; i++ {
		go p.work(i)
	}
}

func (p *Pool) work(id int) {
	for job := range p.jobs {
		result := job.Run()
		result.Worker = id
		p.results <- result
	}
}

func (p *Pool) Close() {
	close(p.jobs)
	close(p.results)
}`;

export const PACKAGE = `{
  "name": "reports",
  "version": "1.4.0",
  "private": true,
  "scripts": {
    "build": "tsc --project tsconfig.json",
    "test": "mocha --recursive dist/test",
    "lint": "eslint src --max-warnings 0",
    "start": "node dist/main.js"
  },
  "dependencies": {
    "commander": "12.1.0",
    "csv-parse": "5.5.6",
    "winston": "3.14.2"
  },
  "devDependencies": {
    "eslint": "9.9.0",
    "mocha": "10.7.3",
    "typescript": "5.5.4"
  }
}`;
