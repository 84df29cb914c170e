/**
 * A picture that cannot be read; `imageDatasetFromDirectory` catches it to skip the file.
 *
 * @example
 * new UnreadablePicture('"a.png"', 'it is empty').message; // 'Cannot read picture "a.png": it is empty'
 */
export class UnreadablePicture extends Error {
  /**
   * @param picture the file's path in quotes, or other words for where the bytes came from
   * @param reason what is wrong, in words that begin with "it" or "its"
   */
  constructor(
    picture: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot read picture ${picture}: ${reason}`, options);
    this.name = 'UnreadablePicture';
  }
}
