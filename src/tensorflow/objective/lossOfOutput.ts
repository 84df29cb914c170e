/** The loss for one output: compile takes one for all, a list, or an object by the outputs' names. */
export function lossOfOutput(given: unknown, name: string, index: number): unknown {
  if (Array.isArray(given)) return given[index];
  if (typeof given === 'object' && given !== null) return (given as Record<string, unknown>)[name];
  return given;
}

/** The metrics of one output: compile takes one, a list for all, or an object of both. */
export function metricsOfOutput(given: unknown, name: string): unknown[] {
  if (given == null) return [];
  if (Array.isArray(given) || typeof given !== 'object') return [given].flat();
  return [(given as Record<string, unknown>)[name] ?? []].flat();
}
