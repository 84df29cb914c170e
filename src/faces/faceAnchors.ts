/** Cells along a side of each map of BlazeFace's back model, and how many boxes are guessed in each of them. */
const MAPS = [
  [16, 2],
  [8, 6],
] as const;

/**
 * Where the boxes lie that BlazeFace corrects: the centres of its cells, of the map of 16×16 first, row by row.
 *
 * Source: MediaPipe's SsdAnchorsCalculator as its graph face_detection_back sets it: strides 16, 32, 32 and 32, two boxes in
 * each cell of each, fixed_anchor_size.
 *
 * @returns 896 times `[x, y]`, as shares of the picture's side
 */
export function faceAnchors(): Array<[x: number, y: number]> {
  return MAPS.flatMap(([cells, boxes]) =>
    Array.from({ length: cells * cells * boxes }, (_, i): [number, number] => {
      const cell = Math.floor(i / boxes);
      return [((cell % cells) + 0.5) / cells, (Math.floor(cell / cells) + 0.5) / cells];
    }),
  );
}
