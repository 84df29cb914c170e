const DEVICES = ['cpu', 'gpu', 'webgpu'] as const;

/** What `SMILE_DEVICE` can ask for; `gpu` is an NVIDIA GPU by TensorFlow's library, `webgpu` any maker's. */
export type ChosenDevice = (typeof DEVICES)[number];

/**
 * Reads what `SMILE_DEVICE` asks for.
 *
 * @returns undefined where it is not set or empty: then a working GPU is used, else the CPU
 * @throws {RangeError} when it names no device
 */
export function chosenDevice(): ChosenDevice | undefined {
  const asked = process.env['SMILE_DEVICE'];
  if (!asked) return undefined;
  const device = DEVICES.find((name) => name === asked);
  if (device) return device;
  throw new RangeError(
    `Cannot choose a device: SMILE_DEVICE must be "cpu", "gpu" or "webgpu", or not be set, got ${JSON.stringify(asked)}`,
  );
}
