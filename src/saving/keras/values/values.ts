/** An object of a configuration, as JSON has it. */
export type Config = Record<string, unknown>;

/** Whether a value of a configuration is an object, neither a list nor null. */
export function isConfig(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object that Keras has written with its class: `{ class_name, config }`; undefined when it is none. */
export function kerasObject(value: unknown): { className: string; config: Config } | undefined {
  if (!isConfig(value) || typeof value['class_name'] !== 'string') return undefined;
  const { class_name: className, config } = value;
  return { className, config: isConfig(config) ? config : {} };
}

/** The object as Keras writes it, of one of its own modules. */
export function toKerasObject(module: string, className: string, config: Config): Config {
  return { module, class_name: className, config, registered_name: null };
}

/** `kernel_size` -> `kernelSize` */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `kernelSize` -> `kernel_size` */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Whether two values are the same in JSON; what is undefined counts as null. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
