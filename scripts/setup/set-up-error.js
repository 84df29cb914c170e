/** Why a step of the set-up failed, in a sentence, and what a person does about it. */
class SetUpError extends Error {
  /**
   * @param {string} cause
   * @param {string} cure
   */
  constructor(cause, cure) {
    super(cause);
    this.cure = cure;
  }
}

module.exports = { SetUpError };
