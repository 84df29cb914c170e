import { wordProblem } from '../../errors/checkWord';
import { show } from '../../errors/show';

/** What stands where a changed picture has no pixels of its own, and how a pixel between four is made. */
export interface Filling {
  /**
   * `'reflect'`, when left out: the picture mirrored at its edge; `'constant'`: `fillValue`; `'wrap'`: its other side;
   * `'nearest'`: the pixel at the edge.
   */
  fillMode?: (typeof FILL_MODES)[number];
  /** 0 when left out. */
  fillValue?: number;
  /** `'bilinear'` when left out. */
  interpolation?: (typeof INTERPOLATIONS)[number];
}

const FILL_MODES = ['reflect', 'constant', 'wrap', 'nearest'] as const;
const INTERPOLATIONS = ['bilinear', 'nearest'] as const;

/** Fills in the defaults, which are those of Keras. */
export function checkedFilling({
  fillMode = 'reflect',
  fillValue = 0,
  interpolation = 'bilinear',
}: Filling): Required<Filling> {
  return { fillMode, fillValue, interpolation };
}

/** Says what is wrong with a filling; undefined where nothing is. */
export function fillingProblem(filling: Filling): string | undefined {
  const { fillMode, fillValue, interpolation } = checkedFilling(filling);
  return (
    wordProblem('fillMode', fillMode, FILL_MODES) ??
    wordProblem('interpolation', interpolation, INTERPOLATIONS) ??
    (Number.isFinite(fillValue) ? undefined : `fillValue must be a number, got ${show(fillValue)}`)
  );
}
