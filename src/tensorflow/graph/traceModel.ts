import { biasBeforePool } from './biasBeforePool';
import { attribute, nativeLibrary } from '../native/nativeBackend';
import { aliasOf, tensorId } from '../native/tensorId';
import { tf } from '../native/tfjs';
import { GraphBuilder } from './graphBuilder';
import type { GraphNode } from './graphNode';
import type { Trace } from './modelGraph';
import { requireFinite } from './notFinite';
import { poolingWorkspace } from './poolingWorkspace';
import { recordOps } from './recordOps';
import { reluBeforePool } from './reluBeforePool';
import { SharedValue } from './sharedValue';

/** The tensors of one run, and nodes that are added behind it. */
export interface TracedRun {
  outputs: tf.Tensor[];
  /**
   * Adds nodes; `nameOf` names the node behind a tensor, and `checks` are nodes that fail when an input is not finite: no
   * variable may be written then.
   */
  extend?: (
    graph: GraphBuilder,
    nameOf: (tensor: tf.TensorInfo) => string,
    checks: string[],
  ) => Extension;
}

export interface Extension {
  /** Each variable that the nodes write, and the node that does. */
  writes: Array<[variable: string, node: string]>;
  /** A node before which no variable may be written. */
  before: string;
}

/**
 * Runs a function of a model once and writes it down as a graph for tensors of these shapes. The variables are as before
 * afterwards: it was only to look.
 *
 * @param prefix stands before the names of all nodes
 * @param inputs tensors that are others at each run; the node of the first is `prefix/input0`
 * @param variables by the name of their node; those that `run` changes are changed by the graph
 * @param run gets copies of the inputs
 * @throws {Untraceable} see {@link recordOps}
 */
export function traceModel(
  prefix: string,
  inputs: tf.Tensor[],
  variables: Map<string, tf.Variable>,
  run: (inputs: tf.Tensor[]) => TracedRun,
): Trace {
  // Two weights that were given the same tensor would have one number, and so one name.
  for (const variable of variables.values()) SharedValue.of(variable);
  const graph = new GraphBuilder();
  let trace: Trace | undefined;
  // Not as tidy's result, in which it would look for tensors value by value.
  tf.tidy(() => {
    // For the same tensor may be given twice here, and two tensors at the next run.
    const copies = inputs.map(aliasOf);
    const names = placeholders(graph, prefix, copies);
    const placed = copies.map((copy, i): [string, tf.Tensor] => [inputName(prefix, i), copy]);
    const checks = requireFinite(graph, placed);
    const checked = checks.map((node) => `^${node}`);
    for (const [name, variable] of variables) names.set(tensorId(variable), `${name}/value`);
    const before = new Map([...variables].map(([name, variable]) => [name, variable.clone()]));
    const changed = () =>
      [...variables].filter(([name, variable]) => variable.dataId !== before.get(name)!.dataId);
    try {
      const { nodes, result } = recordOps(prefix, names, (nameOf) => {
        const { outputs, extend } = run(copies);
        const extension = extend?.(graph, nameOf, checks);
        const writes = new Map(extension?.writes);
        const wait = extension ? [`^${extension.before}`] : checked;
        for (const [name, variable] of changed()) {
          const node = `${prefix}/${name}/assign`;
          const inputs = [nameOf(variable), ...wait];
          writes.set(name, graph.assign(node, 'AssignVariableOp', name, inputs));
        }
        const sources = outputs.map((tensor) => ({ node: nameOf(tensor), dtype: tensor.dtype }));
        tf.dispose(outputs); // tfjs keeps the metrics.
        return { writes, sources };
      });
      const { writes, sources } = result;
      const written = [...new Set(writes.values())].map((node) => `^${node}`);
      const outputs = sources.map(({ node, dtype }, i): GraphNode => ({
        name: `${prefix}/output${i}`,
        op: 'Identity',
        inputs: [node, ...written, ...checked],
        attributes: [attribute.type('T', nativeLibrary().getDTypeInteger(dtype))],
      }));
      trace = {
        ...poolingWorkspace(fused([...graph.nodes, ...nodes, ...outputs])),
        outputs: outputs.map(({ name }) => name),
        writes: new Set(writes.keys()),
      };
    } finally {
      for (const [name, variable] of changed()) variable.assign(before.get(name)!);
    }
  });
  return trace!;
}

/** The name of the placeholder for an input. */
export function inputName(prefix: string, index: number): string {
  return `${prefix}/input${index}`;
}

function fused(nodes: GraphNode[]): GraphNode[] {
  return biasBeforePool(reluBeforePool(nodes));
}

/** Makes a placeholder of each input; their names by the binding's numbers. */
function placeholders(
  graph: GraphBuilder,
  prefix: string,
  inputs: readonly tf.Tensor[],
): Map<number, string> {
  return new Map(
    inputs.map((input, i) => {
      const dtype = nativeLibrary().getDTypeInteger(input.dtype);
      const name = graph.placeholder(inputName(prefix, i), input.shape, dtype);
      return [tensorId(input), name] as const;
    }),
  );
}
