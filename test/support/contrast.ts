/**
 * Contrast of two colours as WCAG 2.2 defines it, from 1 to 21.
 *
 * @param a as `#rrggbb`, and so `b`
 */
export function contrast(a: string, b: string): number {
  const [lighter, darker] = [a, b].map(luminance).sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);
  const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
