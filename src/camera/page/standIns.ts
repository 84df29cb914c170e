/**
 * What layers of the library ask of those rooms that compute with TensorFlow's native library: none of it matters where pictures
 * are only classified.
 */
export const trustClass = (): void => {};
export const addPenalty = (): void => {};
export const beforeTraining = (): void => {};
/** As where TensorFlow's library does not compute: the layers draw with tfjs then. */
export const drawNoise = (): undefined => undefined;

/** Node's, for errors. */
export const inspect = (value: unknown): string => JSON.stringify(value);

/** Modules of Node, of which nothing is called. */
export default {};
