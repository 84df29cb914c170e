import { nativeLibrary } from '../native/nativeBackend';
import { emptyTensor } from '../native/nativeTensor';
import type { tf } from '../native/tfjs';
import { GraphBuilder } from './graphBuilder';
import type { GraphNode } from './graphNode';
import { GraphSession, type Feeds } from './graphSession';
import { isNotFinite, NotFinite } from './notFinite';
import { Untraceable } from './recordOps';
import { SharedValue, type Holder } from './sharedValue';
import { createTensor, tensorId } from '../native/tensorId';

/** What one run of a model does, for batches of one shape. */
export interface Trace {
  nodes: GraphNode[];
  /** Nodes whose values a run returns. */
  outputs: string[];
  /** Names of the variables that a run changes. */
  writes: Set<string>;
  /** Placeholders whose values nobody reads, with their shapes. */
  blanks: Map<string, number[]>;
}

/** A variable of tfjs, and of the graph. */
interface Binding {
  name: string;
  variable: tf.Variable;
  holder: Holder;
  /** What the session has last seen of it. */
  seen?: { value: SharedValue; version: number; isFinite: boolean };
}

/** A model that gets batches of ever new shapes must not open a session for each. */
const MAX_TRACES = 16;
/** Sessions beyond these are closed, those first that were used longest ago: a model that is never disposed of keeps none. */
const MAX_OPEN = 4;

/**
 * A model's ops as one graph for TensorFlow: traces for the shapes that came up, and the variables that they share, in
 * one session. Between runs tfjs's variables are as true as ever; see {@link SharedValue}.
 */
export class ModelGraph {
  /** How many runs there were in this process: so a test sees that a graph really ran. */
  static runs = 0;
  /** In the order in which they were last used. */
  private static readonly open = new Set<ModelGraph>();
  private readonly traces = new Map<string, Trace>();
  private readonly bindings: Binding[] = [];
  private readonly holders: Holder[] = [];
  /** The binding's numbers of tensors without values, by their shape. */
  private readonly blankIds = new Map<string, number>();
  private session: GraphSession | undefined;

  has(key: string): boolean {
    return this.traces.has(key);
  }

  /**
   * Makes tfjs variables known to the graph.
   *
   * @param group variables whose values are fetched together when one is looked at
   * @returns the variables by the names of their nodes
   */
  bind(group: string, variables: tf.Variable[]): Map<string, tf.Variable> {
    this.close();
    const holder: Holder = { giveBackAll: () => this.giveBack(holder) };
    this.holders.push(holder);
    const named = new Map(variables.map((variable, i) => [`${group}${i}`, variable]));
    for (const [name, variable] of named) {
      SharedValue.of(variable); // One that shares its values with another becomes its own.
      this.bindings.push({ name, variable, holder });
    }
    return named;
  }

  /**
   * Adds what is to run for one key; the session is opened anew at the next run, with the values that it had.
   *
   * @param trace makes the trace
   * @throws {Untraceable} when there are too many already, and what `trace` throws
   */
  add(key: string, trace: () => Trace): void {
    if (this.traces.size >= MAX_TRACES) {
      throw new Untraceable(`its batches have more than ${MAX_TRACES} shapes`);
    }
    this.traces.set(key, trace());
    this.close();
  }

  /**
   * Runs the trace of a key.
   *
   * @param inputs tensors by the names of their placeholders
   * @returns new tensors for the trace's outputs, which the caller disposes
   * @throws {GraphError} when TensorFlow cannot open or run the graph; the variables' values are then in tfjs
   * @throws {NotFinite} when an input, or a variable that was set from outside, holds NaN or infinity; nothing has run then
   */
  run(key: string, inputs: Map<string, tf.Tensor>): tf.Tensor[] {
    const { outputs, writes, blanks } = this.traces.get(key)!;
    this.session ??= new GraphSession(this.nodes());
    try {
      this.keepOpen();
      this.upload(this.session);
      this.requireFiniteVariables();
      for (const binding of this.bindings) {
        if (!writes.has(binding.name)) continue;
        const seen = binding.seen!;
        seen.value.lend(binding.holder);
        seen.version = seen.value.version;
      }
      const feeds = [...inputs].map(([name, tensor]): Feeds[number] => [name, tensorId(tensor)]);
      for (const [name, shape] of blanks) feeds.push([name, this.blank(shape)]);
      const results = this.session.run(feeds, outputs);
      ModelGraph.runs++;
      return results.map((result) => createTensor(result));
    } catch (error) {
      if (error instanceof NotFinite) throw error;
      if (isNotFinite(error as Error)) throw new NotFinite();
      this.close();
      throw error;
    }
  }

  /** A tensor that is never written to takes addresses, but no memory. */
  private blank(shape: number[]): number {
    const key = shape.join('x');
    const known = this.blankIds.get(key);
    if (known !== undefined) return known;
    const id = emptyTensor(shape).id;
    this.blankIds.set(key, id);
    return id;
  }

  /** Gives all values back to tfjs and frees the session; a later run opens it again. */
  close(): void {
    if (!this.session) return;
    for (const holder of this.holders) holder.giveBackAll();
    this.session.close();
    this.session = undefined;
    for (const id of this.blankIds.values()) nativeLibrary().binding.deleteTensor(id);
    this.blankIds.clear();
    ModelGraph.open.delete(this);
    for (const binding of this.bindings) delete binding.seen;
  }

  private keepOpen(): void {
    const { open } = ModelGraph;
    open.delete(this);
    open.add(this);
    const [oldest] = open;
    if (open.size > MAX_OPEN) oldest!.close();
  }

  private nodes(): GraphNode[] {
    const graph = new GraphBuilder();
    for (const { name, variable } of this.bindings) {
      const { shape } = variable;
      graph.variable(name, shape);
      graph.read(`${name}/value`, name);
      graph.placeholder(`${name}/new`, shape);
      // A tensor made from numbers of JavaScript lies in their memory. The session must not keep that: it would train in
      // the caller's array, and give it back from a thread where JavaScript's memory must not be touched.
      graph.op(`${name}/own`, 'DeepCopy', [`${name}/new`]);
      graph.assign(`${name}/assign`, 'AssignVariableOp', name, [`${name}/own`]);
      const sum = graph.sum(`${name}/sum`, `${name}/own`, shape.length);
      graph.op(`${name}/assigned`, 'Identity', [sum, `^${name}/assign`]);
    }
    return [...graph.nodes, ...[...this.traces.values()].flatMap(({ nodes }) => nodes)];
  }

  /** Brings values to the session that are new to it. */
  private upload(session: GraphSession): void {
    const feeds: Feeds = [];
    const changed: Binding[] = [];
    for (const binding of this.bindings) {
      const value = SharedValue.of(binding.variable);
      const { version } = value;
      if (binding.seen?.value === value && binding.seen.version === version) continue;
      feeds.push([`${binding.name}/new`, value.tensorId()]);
      changed.push(binding);
      binding.seen = { value, version, isFinite: true };
    }
    if (feeds.length === 0) return;
    const assigned = changed.map(({ name }) => `${name}/assigned`);
    session.run(feeds, assigned).forEach(({ id }, i) => {
      const { binding } = nativeLibrary();
      const [sum] = binding.tensorDataSync(id);
      binding.deleteTensor(id);
      changed[i]!.seen!.isFinite = Number.isFinite(sum);
    });
  }

  private requireFiniteVariables(): void {
    const spoiled = this.bindings.filter(({ seen }) => !seen!.isFinite);
    if (spoiled.length > 0) throw new NotFinite(spoiled.map(({ variable }) => variable));
  }

  private giveBack(holder: Holder): void {
    const lent = this.bindings.filter(({ seen }) => seen?.value.isLentTo(holder));
    if (lent.length === 0) return;
    const names = lent.map(({ name }) => `${name}/value`);
    this.session!.run([], names).forEach(({ id }, i) => lent[i]!.seen!.value.giveBack(id));
  }
}
