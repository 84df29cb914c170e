const { jupyter } = require('./tslab');
const { ZmqServer } = jupyter;

/**
 * Lets JupyterLab show the kernel as busy for as long as cells run or wait. tslab 1.0.22 says «idle» when it has answered
 * anything, a completion or the first of many cells, and nothing after it until the next request comes.
 */
function stayBusy() {
  const { publishStatus } = ZmqServer.prototype;
  /** @type {Map<string, Parameters<typeof publishStatus>[1]>} */
  const waiting = new Map();
  /** @type {typeof publishStatus} */
  ZmqServer.prototype.publishStatus = function (status, request) {
    const { msg_id: id, msg_type: type } = request.header;
    if (type === 'execute_request') {
      if (status === 'idle') waiting.delete(id);
      else waiting.set(id, request);
    }
    publishStatus.call(this, status, request);
    const [running] = waiting.values();
    if (status === 'idle' && running) publishStatus.call(this, 'busy', running);
  };
}

module.exports = { stayBusy };
