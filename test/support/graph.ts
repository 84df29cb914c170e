import { ModelGraph } from '../../src/tensorflow/graph/modelGraph';

/** Runs `run` with tfjs's own steps, op by op, as `SMILE_GRAPH=0` does. */
export async function opByOp<T>(run: () => T | Promise<T>): Promise<T> {
  process.env['SMILE_GRAPH'] = '0';
  try {
    return await run();
  } finally {
    delete process.env['SMILE_GRAPH'];
  }
}

/** Tells what `run` returned, and how many times a graph ran meanwhile. */
export async function countingGraphRuns<T>(
  run: () => T | Promise<T>,
): Promise<{ result: T; graphRuns: number }> {
  const before = ModelGraph.runs;
  const result = await run();
  return { result, graphRuns: ModelGraph.runs - before };
}
