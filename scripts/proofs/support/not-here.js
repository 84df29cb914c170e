/** Thrown by a proof that this machine gives no means for. */
class NotHere extends Error {}

module.exports = { NotHere };
