import path from 'node:path';
import { isReference } from '../registry/names';
import {
  type ListedVersion,
  openRegistry,
  type Registry,
  type ResolvedVersion,
} from '../registry/openRegistry';
import { CARD_FILE, type VersionInfo, type VersionTest } from '../registry/versionFile';
import { tf } from '../tensorflow/tf';
import { foreignModelOptions, type ModelOptions } from './modelOptions';

/** What all commands below `models` take. */
export interface RegistryOptions {
  registry: string;
  json: boolean;
}

/** What `models add` takes. */
export interface AddCommandOptions extends RegistryOptions, ModelOptions {
  test?: string[];
  notes?: string;
  run?: string;
}

/**
 * `smile-lab models add`: registers a model as the next version of a name.
 *
 * @throws {Error} when it cannot be loaded, measured or written: then nothing is registered
 */
export async function addModel(
  name: string,
  model: string,
  { registry, json, test = [], notes, run, ...options }: AddCommandOptions,
): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const { classNames, input } = foreignModelOptions(options);
  const added = await openRegistry(registry).add(name, model, {
    test,
    ...(notes === undefined ? {} : { notes }),
    ...(run === undefined ? {} : { run }),
    foreign: { ...(classNames && { classNames }), ...(input && { input }) },
  });
  const info = await openRegistry(registry).describe(`${name}@${added.version}`);
  const lines = [
    `Registered ${name}@${added.version}, a candidate. ${describeTests(info)}`,
    `Its card: ${path.join(added.folder, CARD_FILE)}`,
    `npx smile-lab models promote ${name}@${added.version} puts it into production.`,
  ];
  report(lines, added, json);
}

type RegistryCommand = (given: string | undefined, options: RegistryOptions) => Promise<void>;

/** The other commands below `models`, by their names. */
export const registryCommands: Record<string, RegistryCommand> = {
  async list(name, { registry, json }) {
    const versions = await openRegistry(registry).list(name);
    const lines = versions.length === 0 ? [none(registry)] : versions.map(describeVersion);
    report(lines, versions, json);
  },
  async show(reference, { registry, json }) {
    const opened = openRegistry(registry);
    const found = await opened.resolve(reference!);
    const info = await opened.describe(reference!);
    report(describeInfo(found, info), { ...found, ...info }, json);
  },
  async card(reference, { registry, json }) {
    const { folder } = await openRegistry(registry).resolve(reference!);
    const card = path.join(folder, CARD_FILE);
    report([card], { card }, json);
  },
  async promote(reference, { registry, json }) {
    const found = await openRegistry(registry).promote(reference!);
    report([`${found.name}@${found.version} is in production now.`], found, json);
  },
  async rollback(name, { registry, json }) {
    const found = await openRegistry(registry).rollback(name!);
    report([`${found.name}@${found.version} is in production again.`], found, json);
  },
  async archive(reference, { registry, json }) {
    await openRegistry(registry).archive(reference!);
    report([`${reference} is archived.`], { archived: reference }, json);
  },
  async verify(given, { registry, json }) {
    const opened = openRegistry(registry);
    const references = await referencesOf(opened, given);
    const good: ResolvedVersion[] = [];
    const problems: string[] = [];
    for (const reference of references) {
      try {
        good.push(await opened.resolve(reference));
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    const lines = good.map(({ name, version, hash }) => `${name}@${version}: unchanged, ${hash}`);
    report(references.length === 0 ? [none(registry)] : lines, { good, problems }, json);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  },
};

async function referencesOf(registry: Registry, given: string | undefined): Promise<string[]> {
  if (given !== undefined && isReference(given)) return [given];
  const versions = await registry.list(given);
  return versions.map(({ name, version }) => `${name}@${version}`);
}

function none(registry: string): string {
  return `The registry ${JSON.stringify(registry)} is empty; npx smile-lab models add NAME MODEL registers a model.`;
}

function report(lines: string[], result: unknown, json: boolean): void {
  const stream = json ? process.stderr : process.stdout;
  for (const line of lines) stream.write(`${line}\n`);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

function describeVersion({ name, version, stage, info, problem }: ListedVersion): string {
  const about = info ? `${info.registered.slice(0, 10)}  ${describeTests(info)}` : problem;
  return `${`${name}@${version}`.padEnd(16)} ${stage.padEnd(10)} ${about}`;
}

/** The honest test, or that there is none. */
function describeTests({ tests }: VersionInfo): string {
  const honest = tests.find(({ kind }) => kind !== 'training');
  if (!honest) return 'Not measured on pictures that it has not seen.';
  return describeTest(honest);
}

function describeTest({ kind, count, right, accuracy, interval, data }: VersionTest): string {
  const [low, high] = interval.map((share) => (100 * share).toFixed(1));
  const what = {
    'test part': 'pictures held out by its training',
    folder: `pictures of ${data} that it has not learned from`,
    training: 'pictures that it was trained with',
  }[kind];
  const range = kind === 'training' ? '' : `, 95 % interval ${low} to ${high} %`;
  return `Right in ${(100 * accuracy).toFixed(1)} % of ${count} ${what} (${right}${range}).`;
}

function describeInfo(
  { name, version, stage, hash }: ResolvedVersion,
  info: VersionInfo,
): string[] {
  const { run, data, tests } = info;
  const learned = data?.training.reduce((sum, count) => sum + count, 0);
  return [
    `${name}@${version}, ${stage}, registered ${info.registered.slice(0, 10)}`,
    `Hash: ${hash}`,
    `Classes: ${info.classNames.join(', ')}`,
    `Network: ${info.layers} layers, ${info.parameters.toLocaleString('en')} parameters, pictures of ${info.imageSize.join(' × ')} pixels`,
    run ? `Training: run ${run.name}, ${run.epochs} epochs` : 'Training: not known',
    data ? `Pictures: ${learned} of ${data.folder}` : 'Pictures: not known',
    ...tests.map(describeTest),
    ...(tests.some(({ kind }) => kind !== 'training') ? [] : [describeTests(info)]),
  ];
}
