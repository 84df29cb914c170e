/** Why a step of the set-up failed, in a sentence, and what a person does about it. */
class SetUpError extends Error {
  /**
   * @param {string} cause
   * @param {string} cure
   * @param {string} [kind] which of the causes that are known (run-command.js)
   */
  constructor(cause, cure, kind) {
    super(cause);
    this.cure = cure;
    this.kind = kind;
  }
}

module.exports = { SetUpError };
