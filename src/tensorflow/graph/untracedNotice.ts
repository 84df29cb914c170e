const told = new Set<string>();

/**
 * Says once a process why a model runs op by op.
 *
 * @param what "trains", "predicts" or "is evaluated"
 * @param reason as in «its loss is a function of its own»
 */
export function tellUntraced(model: string, what: string, reason: string): void {
  const sentence = `The model "${model}" ${what} op by op, which is right but slower: ${reason}, so it cannot run as one graph.`;
  if (told.has(sentence)) return;
  told.add(sentence);
  // A training has no other way to speak to whoever started it.
  // eslint-disable-next-line no-console
  console.warn(sentence);
}
