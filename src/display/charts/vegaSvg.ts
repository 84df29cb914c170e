import type { TopLevelSpec } from 'vega-lite';

/** SVG elements, drawn from (0, 0), and what room they take in CSS pixels. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/**
 * Draws a chart that is described in Vega-Lite's language.
 *
 * @param chart the description
 *
 * @example
 * const { svg } = await vegaSvg(trainingChart(trainingRuns({ loss: [0.7, 0.1] })));
 */
export async function vegaSvg(chart: TopLevelSpec): Promise<Drawing> {
  // Only now: both together take 0.1 s to load.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = vegaLite.compile(chart);
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    // Vega reckons without the part of the lowest letters that hangs below their line: it would be cut off.
    const whole = svg.replace('<svg ', '<svg overflow="visible" ');
    return { svg: whole, width: Number(width), height: Number(height) };
  } finally {
    view.finalize();
  }
}
