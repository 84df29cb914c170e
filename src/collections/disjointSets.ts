/**
 * Sets that are joined step by step (union–find: Galler and Fischer, «An Improved Equivalence Algorithm», 1964).
 *
 * @example
 * const sets = new DisjointSets<string>();
 * sets.join('a', 'b');
 * sets.find('a') === sets.find('b'); // true
 */
export class DisjointSets<T> {
  private readonly parents = new Map<T, T>();

  /** The one of its set that stands for all; the item itself while it was never joined. */
  find(item: T): T {
    let top = item;
    for (let parent = this.parents.get(top); parent !== undefined; parent = this.parents.get(top)) {
      top = parent;
    }
    // The way is cut short, so that long chains are walked once.
    for (let at = item; at !== top;) {
      const parent = this.parents.get(at) as T;
      this.parents.set(at, top);
      at = parent;
    }
    return top;
  }

  join(a: T, b: T): void {
    const [first, second] = [this.find(a), this.find(b)];
    if (first !== second) this.parents.set(second, first);
  }
}
