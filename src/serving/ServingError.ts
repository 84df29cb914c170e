/** What a request is refused with, or why it fails: a status of HTTP and a sentence for whoever has asked. */
export class ServingError extends Error {
  /**
   * @param status of HTTP, from 400
   * @param message names what is required and what came instead
   * @param retryAfter seconds after which it is worth another try
   */
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'ServingError';
  }
}
