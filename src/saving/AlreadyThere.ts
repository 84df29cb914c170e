/** A model that would replace what is there; who asked for it knows how that is allowed, and whether. */
export class AlreadyThere extends Error {
  /** @param fact what is there, without how it could be replaced */
  constructor(readonly fact: string) {
    super(`${fact}, and overwrite is not set`);
  }
}
