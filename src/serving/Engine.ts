import { show } from '../errors/show';
import { listed } from '../errors/listed';
import type { ServedModel } from './servedModel';
import { ServingError } from './ServingError';

/** The models that a server answers with, by name and version. */
export class Engine {
  /** By name, and then by version; the first name is that of the model that answers where none is asked for. */
  private readonly models = new Map<string, Map<string, ServedModel>>();
  private readonly current = new Map<string, string>();
  private readonly closing = new Set<Promise<void>>();

  /** @throws {Error} when a model of that name and version is there */
  constructor(models: readonly ServedModel[]) {
    for (const model of models) {
      const { name, version } = model;
      if (this.models.get(name)?.has(version)) {
        throw new Error(`Cannot serve two models ${show(name)} of version ${show(version)}`);
      }
      this.add(model);
      if (!this.current.has(name)) this.current.set(name, version);
    }
  }

  get names(): string[] {
    return [...this.models.keys()];
  }

  /** The versions of a model, the one first that answers where none is asked for. */
  versions(name: string): string[] {
    const current = this.find(name).version;
    const others = [...this.models.get(name)!.keys()].filter((version) => version !== current);
    return [current, ...others];
  }

  /**
   * @param name left out: the first
   * @param version left out: the one in use
   * @throws {ServingError} 404 when there is none
   */
  find(name = this.names[0]!, version = this.current.get(name)): ServedModel {
    const versions = this.models.get(name);
    if (!versions) {
      throw new ServingError(
        404,
        `There is no model ${show(name)}; there are ${listed(this.names)}`,
      );
    }
    const model = versions.get(version!);
    if (model) return model;
    throw new ServingError(
      404,
      `The model ${show(name)} has no version ${show(version)}; there are ${listed([...versions.keys()])}`,
    );
  }

  /** From now on this version answers under its name. The one before answers what it has accepted, and goes. */
  async replace(model: ServedModel): Promise<void> {
    const before = this.models.get(model.name)?.get(this.current.get(model.name)!);
    if (before?.version === model.version) this.models.get(model.name)!.delete(model.version);
    this.add(model);
    this.current.set(model.name, model.version);
    if (!before) return;
    if (before.version !== model.version) this.models.get(model.name)!.delete(before.version);
    const closed = before.close();
    this.closing.add(closed);
    await closed.finally(() => this.closing.delete(closed));
  }

  /** Waits until all that was accepted is answered, and disposes of the models. */
  async close(): Promise<void> {
    const models = [...this.models.values()].flatMap((versions) => [...versions.values()]);
    await Promise.all([...models.map((model) => model.close()), ...this.closing]);
  }

  private add(model: ServedModel): void {
    const { name, version } = model;
    const versions = this.models.get(name) ?? new Map<string, ServedModel>();
    this.models.set(name, versions.set(version, model));
  }
}
