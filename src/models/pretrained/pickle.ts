/** What a pickle names of Python's modules, as `torch._utils _rebuild_tensor_v2`. */
export class PickledName {
  constructor(readonly name: string) {}
}

/** What a call in a pickle would have made. */
export class PickledCall {
  constructor(
    readonly name: string,
    readonly args: readonly unknown[],
  ) {}
}

/** Something that lies outside of the pickle: the tuple that identifies it. */
export class PickledReference {
  constructor(readonly id: unknown) {}
}

const MARK = Symbol('mark');

/** What the machine works with: https://github.com/python/cpython/blob/main/Lib/pickletools.py describes it. */
class Machine {
  readonly stack: unknown[] = [];
  readonly memo = new Map<number, unknown>();
  at: number;

  constructor(
    readonly bytes: Buffer,
    start: number,
    readonly allowed: readonly string[],
  ) {
    this.at = start;
  }

  pop(): unknown {
    if (this.stack.length === 0) throw new Error('it takes more from its stack than lies there');
    return this.stack.pop();
  }

  popToMark(): unknown[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw new Error('it takes more from its stack than lies there');
    return this.stack.splice(mark).slice(1);
  }

  take(length: number): Buffer {
    const taken = this.bytes.subarray(this.at, this.at + length);
    if (taken.length < length) throw new Error('it ends in the middle');
    this.at += length;
    return taken;
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new Error('it ends in the middle');
    const line = this.bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return line;
  }

  put(key: number): void {
    this.memo.set(key, this.stack.at(-1));
  }

  get(key: number): void {
    if (!this.memo.has(key)) throw new Error(`it asks for its value ${key}, which it has not kept`);
    this.stack.push(this.memo.get(key));
  }

  global(): void {
    const name = `${this.line()} ${this.line()}`;
    if (!this.allowed.includes(name)) throw new Error(`it names ${name}, which is not read here`);
    this.stack.push(new PickledName(name));
  }

  /** Nothing is called: an ordered dictionary becomes a Map, all else a note of the call. */
  reduce(): void {
    const [args, callee] = [this.pop(), this.pop()];
    if (!(callee instanceof PickledName) || !Array.isArray(args)) {
      throw new Error('it calls what is no name');
    }
    const isDictionary = callee.name === 'collections OrderedDict' && args.length === 0;
    this.stack.push(isDictionary ? new Map() : new PickledCall(callee.name, args));
  }

  setItems(items: unknown[]): void {
    const target = this.stack.at(-1);
    if (!(target instanceof Map)) throw new Error('it puts an entry into what is no dictionary');
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  }

  append(items: unknown[]): void {
    const target = this.stack.at(-1);
    if (!Array.isArray(target)) throw new Error('it appends to what is no list');
    for (const item of items) target.push(item);
  }

  long(bytes: Buffer): void {
    let value = 0n;
    for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i);
    this.stack.push(BigInt.asIntN(8 * bytes.length, value));
  }
}

type Operation = (machine: Machine) => unknown;

/** The operations of protocol 2 that data needs. */
const OPERATIONS: Readonly<Record<number, Operation>> = {
  0x80: (m) => m.take(1), // PROTO
  0x28: (m) => m.stack.push(MARK), // (  MARK
  0x29: (m) => m.stack.push([]), // )  EMPTY_TUPLE
  0x5d: (m) => m.stack.push([]), // ]  EMPTY_LIST
  0x7d: (m) => m.stack.push(new Map()), // }  EMPTY_DICT
  0x4e: (m) => m.stack.push(null), // N  NONE
  0x88: (m) => m.stack.push(true), // NEWTRUE
  0x89: (m) => m.stack.push(false), // NEWFALSE
  0x4b: (m) => m.stack.push(m.take(1).readUInt8()), // K  BININT1
  0x4d: (m) => m.stack.push(m.take(2).readUInt16LE()), // M  BININT2
  0x4a: (m) => m.stack.push(m.take(4).readInt32LE()), // J  BININT
  0x47: (m) => m.stack.push(m.take(8).readDoubleBE()), // G  BINFLOAT
  0x8a: (m) => m.long(m.take(m.take(1).readUInt8())), // LONG1
  0x58: (m) => m.stack.push(m.take(m.take(4).readUInt32LE()).toString('utf8')), // X  BINUNICODE
  0x71: (m) => m.put(m.take(1).readUInt8()), // q  BINPUT
  0x72: (m) => m.put(m.take(4).readUInt32LE()), // r  LONG_BINPUT
  0x68: (m) => m.get(m.take(1).readUInt8()), // h  BINGET
  0x6a: (m) => m.get(m.take(4).readUInt32LE()), // j  LONG_BINGET
  0x63: (m) => m.global(), // c  GLOBAL
  0x52: (m) => m.reduce(), // R  REDUCE
  0x51: (m) => m.stack.push(new PickledReference(m.pop())), // Q  BINPERSID
  0x74: (m) => m.stack.push(m.popToMark()), // t  TUPLE
  0x85: (m) => m.stack.push([m.pop()]), // TUPLE1
  0x86: (m) => m.stack.push([m.pop(), m.pop()].reverse()), // TUPLE2
  0x87: (m) => m.stack.push([m.pop(), m.pop(), m.pop()].reverse()), // TUPLE3
  0x61: (m) => m.append([m.pop()]), // a  APPEND
  0x65: (m) => m.append(m.popToMark()), // e  APPENDS
  0x73: (m) => m.setItems([m.pop(), m.pop()].reverse()), // s  SETITEM
  0x75: (m) => m.setItems(m.popToMark()), // u  SETITEMS
  0x62: (m) => m.pop(), // b  BUILD: attributes of an object, which are not read
};

/** "." */
const STOP = 0x2e;

/**
 * Reads data that Python's `pickle` has written, protocol 2. Nothing of it is executed: what a pickle calls becomes a note of
 * the call, and what it names must be allowed.
 *
 * @param start where it begins in the bytes
 * @param allowed names as `collections OrderedDict`
 * @returns the value (a dictionary as Map, tuples and lists as arrays), and where the pickle ends
 * @throws {Error} when it is cut off or damaged, names something else, or needs an operation that is not known here
 *
 * @example
 * unpickle(Buffer.from('8002 4b07 2e'.replaceAll(' ', ''), 'hex'), 0, []); // { value: 7, end: 5 }
 */
export function unpickle(
  bytes: Buffer,
  start: number,
  allowed: readonly string[],
): { value: unknown; end: number } {
  const machine = new Machine(bytes, start, allowed);
  for (;;) {
    const [code] = machine.take(1);
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const operation = OPERATIONS[code!];
    if (!operation) {
      const hex = code!.toString(16).padStart(2, '0');
      throw new Error(`it needs the operation 0x${hex}, which is not known here`);
    }
    operation(machine);
  }
}
