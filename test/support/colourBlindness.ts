type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How people see who lack one kind of cone: on linear RGB (Machado, Oliveira and Fernandes 2009, severity 1.0). */
export const BLINDNESSES: Record<string, Matrix> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const TO_XYZ: Matrix = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
];
const WHITE: Triple = [0.9505, 1, 1.089];

/**
 * How far apart two colours look: ΔE of CIE 1976, of which 2.3 is just noticeable.
 *
 * @param a as `#rrggbb`, and so `b`
 * @param seenBy one of `BLINDNESSES`
 */
export function colourDistance(a: string, b: string, seenBy: Matrix): number {
  const [first, second] = [a, b].map((colour) => lab(times(seenBy, linear(colour)))) as [
    Triple,
    Triple,
  ];
  return Math.hypot(...first.map((part, i) => part - second[i]!));
}

function linear(colour: string): Triple {
  const parts = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);
  return parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as never;
}

function times(matrix: Matrix, vector: Triple): Triple {
  return matrix.map((row) => row.reduce((sum, part, i) => sum + part * vector[i]!, 0)) as never;
}

function lab(rgb: Triple): Triple {
  const visible = rgb.map((part) => Math.min(1, Math.max(0, part))) as never;
  const [x, y, z] = times(TO_XYZ, visible).map((part, i) => {
    const t = part / WHITE[i]!;
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  }) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
