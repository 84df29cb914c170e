/** A field of a protocol buffer, encoded. Source: https://protobuf.dev/programming-guides/encoding/ */
export type Field = Uint8Array;

/** An int32 or int64 from 0. */
export function int(number: number, value: number): Field {
  return Buffer.concat([varint(8 * number), varint(value)]);
}

/** A double. */
export function double(number: number, value: number): Field {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(8 * number + 1), bytes]);
}

/** Text or bytes; one message in another is the bytes of its fields. */
export function bytes(number: number, value: Uint8Array | string): Field {
  const content = Buffer.from(value as Uint8Array);
  return Buffer.concat([varint(8 * number + 2), varint(content.length), content]);
}

/** A message as the field of another. */
export function message(number: number, fields: readonly Field[]): Field {
  return bytes(number, Buffer.concat(fields));
}

function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  // Not by bit operators, which know 32 bits alone.
  while (rest >= 128) {
    digits.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...digits, rest]);
}
