import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nativeLibrary } from '../native/nativeBackend';
import { encodeSavedModel, SERVING_TAG } from './encodeSavedModel';
import type { GraphFunction, GraphNode } from './graphNode';

/** The graph could not be handed to TensorFlow, or TensorFlow could not run it. */
export class GraphError extends Error {
  override name = 'GraphError';
}

/** What a session is given: the name of a placeholder and the binding's number of a tensor. */
export type Feeds = Array<[placeholder: string, tensorId: number]>;

/** A graph that TensorFlow has optimised and holds, with the values of its variables. */
export class GraphSession {
  private readonly session: number;
  private closed = false;

  /**
   * Hands a graph to TensorFlow. It reads graphs from files only: the file lies in a new folder of the system's folder
   * for temporary files, which nobody else may enter, and is removed at once.
   *
   * @param nodes all ops of the graph
   * @param functions what the ops call
   * @throws {GraphError} when the file cannot be written, or TensorFlow refuses the graph
   */
  constructor(nodes: GraphNode[], functions: GraphFunction[] = []) {
    let folder: string | undefined;
    try {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), `smile-lab-graph-${process.pid}-`));
      this.session = load(folder, encodeSavedModel(nodes, functions));
    } catch (error) {
      throw new GraphError(firstLine(error), { cause: error });
    } finally {
      if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Runs what `outputs` need.
   *
   * @param outputs names of nodes
   * @returns for each output the binding's number, shape and type of a new tensor; the caller deletes it
   * @throws {GraphError} when an op fails, or the session is closed
   */
  run(feeds: Feeds, outputs: string[]) {
    if (this.closed) throw new GraphError('the session is closed');
    try {
      return nativeLibrary().binding.runSavedModel(
        this.session,
        feeds.map(([, id]) => id),
        feeds.map(([name]) => name).join(','),
        outputs.join(','),
      );
    } catch (error) {
      throw new GraphError(firstLine(error), { cause: error });
    }
  }

  /** Frees the graph and the values of its variables; a second call does nothing. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    nativeLibrary().binding.deleteSavedModel(this.session);
  }
}

/** @throws {Error} also when the file is no longer what was written: damaged numbers would train the model wrongly */
function load(folder: string, graph: string): number {
  const { binding } = nativeLibrary();
  const file = path.join(folder, 'saved_model.pbtxt');
  fs.writeFileSync(file, graph);
  let session: number | undefined;
  let failure: unknown;
  try {
    session = binding.loadSavedModel(folder, SERVING_TAG);
  } catch (error) {
    failure = error;
  }
  if (fs.readFileSync(file, 'utf8') === graph) {
    if (session === undefined) throw failure;
    return session;
  }
  if (session !== undefined) binding.deleteSavedModel(session);
  throw new Error(`its file ${file} was changed before TensorFlow had read it`);
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n', 1)[0]!;
}
