const { AsyncLocalStorage } = require('node:async_hooks');
const ts = require('@tslab/typescript-for-tslab');
const { version: tslabVersion } = require('tslab/package.json');
const { endsOpen } = require('./ends-open');
const { MemoryGiver } = require('./give-back-memory');
const { jupyter } = require('./tslab');
const { textOfValue } = require('./text-of-value');
const { textStreams } = require('./text-streams');

/** @typedef {{ code: string, silent?: boolean, store_history?: boolean, stop_on_error?: boolean, user_expressions?: Record<string, string> }} ExecuteRequest */

/** @typedef {NonNullable<typeof jupyter.lastWriteDisplayData>} Display */

/** What shows something under the cell whose code runs. */
const displays = /** @type {AsyncLocalStorage<Display>} */ (new AsyncLocalStorage());

/** How long requests that were sent before an error can still be on their way, in milliseconds. */
const ON_THE_WAY = 50;

/** More than anyone lays groups of printed lines into each other. */
const MOST_GROUPS = 100;

/**
 * Jupyter's messages about cells: https://jupyter-client.readthedocs.io/en/stable/messaging.html. tslab 1.0.22 loses
 * what is sent behind some hundreds of messages, sends no `execute_input`, no `execute_result` and no `error`, and
 * refuses what comes in the fifth of a second after an error.
 */
class KernelServer extends /** @type {any} */ (jupyter.ZmqServer) {
  /** @type {ReturnType<import('./executor').createExecutor>} */
  #executor;
  #count = 0;
  #arrived = 0;
  #aborted = 0;
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  /** @type {Promise<void>} */
  #bound = Promise.resolve();
  #memory = new MemoryGiver();
  /**
   * tslab's class of messages, which it does not export.
   * @type {any}
   */
  #Message = undefined;

  /**
   * @param {ReturnType<import('./executor').createExecutor>} executor
   * @param {string} connectionFile
   */
  constructor(executor, connectionFile) {
    super(new jupyter.JupyterHandlerImpl(/** @type {any} */ (executor), false), connectionFile);
    this.#executor = executor;
  }

  /** @param {any} socket @param {number} port */
  async bindSocket(socket, port) {
    if ('send' in socket) {
      // Each message is taken at once and none is left out; else the 513th waits, and those behind it are refused.
      socket.sendTimeout = 0;
      socket.sendHighWaterMark = 0;
    }
    // iopub comes first, and must be there when a first request comes: its answer begins with «busy».
    this.#bound = this.#bound.then(() => super.bindSocket(socket, port));
    await this.#bound;
  }

  /** @param {string} status @param {any} request */
  publishStatus(status, request) {
    this.#Message ??= request.constructor;
    super.publishStatus(status, request);
  }

  /** @param {any} socket @param {Buffer[]} parts of a message */
  async handleShellMessage(socket, ...parts) {
    const message = this.#Message?.fromRaw(this.connInfo.key, parts);
    const answer = message && this.#answers[message.header.msg_type];
    if (!answer) return super.handleShellMessage(socket, ...parts);
    this.publishStatus('busy', message);
    answer(message, socket);
    this.publishStatus('idle', message);
  }

  /**
   * What tslab does not know, and would complain of in the output of a cell.
   * @type {Record<string, (message: any, socket: any) => void>}
   */
  #answers = {
    // A console would wait. JupyterLab keeps the cells itself.
    history_request: (message, socket) =>
      this.#reply(message, 'history_reply', { status: 'ok', history: [] }, socket),
    comm_open: (message) => {
      const { comm_id } = message.content;
      this.#reply(message, 'comm_close', { comm_id, data: {} }, this.iopub);
    },
    comm_msg: () => {},
    comm_close: () => {},
  };

  /** @param {any} socket @param {any} message */
  handleKernelInfo(socket, message) {
    const { language_info, ...info } = this.handler.handleKernel();
    const content = {
      ...info,
      status: 'ok',
      implementation_version: tslabVersion,
      language_info: { ...language_info, version: ts.version },
    };
    this.#reply(message, 'kernel_info_reply', content, socket);
  }

  /** @param {any} socket @param {any} message */
  handleIsComplete(socket, message) {
    const told = this.handler.handleIsComplete(message.content);
    const isOpen = told.status === 'complete' && endsOpen(message.content.code);
    const content = isOpen ? { status: 'incomplete', indent: '' } : told;
    this.#reply(message, 'is_complete_reply', content, socket);
  }

  /** @param {any} socket @param {any} message */
  handleCommInfoRequest(socket, message) {
    this.#reply(message, 'comm_info_reply', { status: 'ok', comms: {} }, socket);
  }

  /** @param {any} message @param {string} type @param {object} content @param {any} socket */
  #reply(message, type, content, socket) {
    const reply = message.createReply();
    reply.header.msg_type = type;
    reply.content = content;
    reply.signAndSend(this.connInfo.key, socket);
  }

  /** @param {any} shell @param {any} message */
  async handleExecute(shell, message) {
    const number = ++this.#arrived;
    const answered = this.#last.then(() => this.#answer(shell, message, number));
    this.#last = answered.catch(() => {});
    await answered;
  }

  /** @param {any} shell @param {any} message @param {number} number of the request */
  async #answer(shell, message, number) {
    /** @param {string} type @param {object} content @param {any} [socket] */
    const send = (type, content, socket = this.iopub) =>
      this.#reply(message, type, content, socket);
    if (number <= this.#aborted) {
      send('execute_reply', { status: 'aborted' }, shell);
      return;
    }
    const start = performance.now();
    const outcome = await this.#execute(message.content, send);
    const ran = performance.now() - start;
    if (outcome.status === 'error' && (message.content.stop_on_error ?? true)) {
      await new Promise((resolve) => setTimeout(resolve, ON_THE_WAY));
      this.#aborted = this.#arrived;
    }
    send('execute_reply', outcome, shell);
    // When the answer is out; the next cell, if one waits, comes after it.
    await new Promise((resolve) => setImmediate(resolve));
    await this.#memory.giveBack(ran);
  }

  /** @param {ExecuteRequest} request @param {(type: string, content: object) => void} send */
  async #execute({ code, silent = false, store_history = true, user_expressions = {} }, send) {
    if (!silent && store_history) this.#count++;
    const execution_count = this.#count;
    if (!silent) send('execute_input', { code, execution_count });

    // As in Python, what is printed after a cell has ended goes to the cell that was run last.
    const streams = textStreams((name, text) => send('stream', { name, text }));
    process.stdout.write = streams.writerOf('stdout');
    process.stderr.write = streams.writerOf('stderr');
    /** @type {Display} */
    const display = (data, update) => {
      streams.flush();
      send(update ? 'update_display_data' : 'display_data', data);
    };
    // A picture stands under the cell that shows it, and never under one that runs by then.
    jupyter.lastWriteDisplayData = (data, update) => (displays.getStore() ?? display)(data, update);

    const endWatch = this.#memory.watch();
    const { error, text } = await displays.run(display, () =>
      this.#run(code, `cell [${execution_count}]`),
    );
    endWatch();
    streams.flush();
    endGroups();
    if (error) {
      if (!silent) send('error', error);
      return { status: 'error', execution_count, ...error, user_expressions: {}, payload: [] };
    }
    if (text !== undefined && !silent) {
      send('execute_result', { execution_count, data: { 'text/plain': text }, metadata: {} });
    }
    const expressions = await this.#evaluate(user_expressions);
    return { status: 'ok', execution_count, user_expressions: expressions, payload: [] };
  }

  /** @param {Record<string, string>} expressions by what the client calls them */
  async #evaluate(expressions) {
    /** @type {Record<string, object>} */
    const values = {};
    for (const [name, code] of Object.entries(expressions)) {
      const { error, text } = await this.#run(code, `expression ${name}`);
      values[name] = error
        ? { status: 'error', ...error }
        : { status: 'ok', data: { 'text/plain': text ?? 'undefined' }, metadata: {} };
    }
    return values;
  }

  /** @param {string} code @param {string} name */
  async #run(code, name) {
    const { error, value } = await this.#executor.execute(code, name);
    try {
      return { error, text: value == null ? undefined : textOfValue(value) };
    } catch (thrown) {
      return { error: this.#executor.describe(thrown) };
    }
  }
}

/** Ends what console.group() has begun and an error kept from its end: all other cells would be printed indented. */
function endGroups() {
  for (let group = 0; group < MOST_GROUPS; group++) console.groupEnd();
}

module.exports = { KernelServer };
