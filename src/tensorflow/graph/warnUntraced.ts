import { warnOnce } from '../native/warnOnce';

/**
 * Says why a model runs op by op: each reason once a process, however many models and uses it holds for.
 *
 * @param what "trains", "predicts" or "is evaluated"
 * @param reason as in «its loss is a function of its own»
 */
export function warnUntraced(model: string, what: string, reason: string): void {
  // The folder of a graph's file has another name each time.
  const key = reason.replace(/smile-lab-graph-[^/\s]+/g, '');
  warnOnce(
    `The model "${model}" ${what} op by op, which is right but slower: ${reason}, so it cannot run as one graph.`,
    key,
  );
}
