import { readFileSync } from 'node:fs';
import path from 'node:path';
import { jupyterEnvironment } from '../../../scripts/jupyter';
import { compiled, run } from '../../support/children';

const ROOT = path.resolve(__dirname, '../../..');

/** A request and what the kernel said to it: the reply, and on iopub each message's type and content. */
interface Answer {
  reply: Record<string, unknown>;
  iopub: Array<[type: string, content: Record<string, unknown>]>;
}

// Sends groups of requests, each group at once, the next one as soon as all of the last are answered.
const CLIENT = `
import json, sys, threading
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name='smile-lab')
manager.start_kernel(cwd=sys.argv[2])
client = manager.client()
client.start_channels()
answers = []
comms = []
try:
    client.wait_for_ready(60)
    for group in json.loads(sys.argv[1]):
        ids = []
        for request in group:
            seconds = request.pop('stopAfter', None)
            opened = request.pop('openBefore', None)
            if opened:
                message = client.session.msg('comm_open', {'comm_id': opened, 'target_name': 'none', 'data': {}})
                client.shell_channel.send(message)
                while True:
                    told_of = client.get_iopub_msg(timeout=60)
                    if told_of['parent_header'].get('msg_id') != message['header']['msg_id']: continue
                    if told_of['msg_type'] != 'status': comms.append([told_of['msg_type'], told_of['content']])
                    if told_of['content'].get('execution_state') == 'idle': break
            ask = getattr(client, request.pop('ask', 'execute'))
            ids.append(ask(**request))
            if seconds: threading.Timer(seconds, manager.interrupt_kernel).start()
        told = {id: {'iopub': []} for id in ids}
        idle = 0
        while any('reply' not in one for one in told.values()):
            reply = client.get_shell_msg(timeout=60)
            if reply['parent_header'].get('msg_id') in told:
                told[reply['parent_header']['msg_id']]['reply'] = reply['content']
        while idle < len(ids):
            message = client.get_iopub_msg(timeout=60)
            if message['parent_header'].get('msg_id') not in told: continue
            if message['content'].get('execution_state') == 'idle': idle += 1
            if message['msg_type'] != 'status':
                told[message['parent_header']['msg_id']]['iopub'].append([message['msg_type'], message['content']])
        answers.append(list(told.values()))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps([answers, comms]))
`;

const fails = "throw new RangeError('no face');";
const groups = [
  [
    { code: fails, stop_on_error: false },
    { code: "console.log('the next')", stop_on_error: false },
  ],
  [{ code: fails }, { code: "console.log('behind')" }, { code: '1 + 1' }],
  [{ code: "console.log('at once')" }],
  [{ code: 'const size: string = 5;' }],
  [{ code: '40 + 2' }],
  [{ code: 'throw new Error("unseen")', silent: true, stop_on_error: false }, { code: '1' }],
  [{ code: '2', store_history: false }],
  [{ code: 'await new Promise(() => {});', stopAfter: 0.02 }, { code: "console.log('waits')" }],
  [{ code: 'let n = 0; while (n >= 0) n++;', stopAfter: 0.02 }],
  [{ code: 'import numpy as np' }],
  [{ code: "await Promise.any([Promise.reject(new Error('one')), Promise.reject(2)])" }],
  [{ code: 'async function f() { return 1; } const g: () => number = f;' }],
  [
    {
      code: `const hostile = { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no'); } };
    hostile;`,
    },
  ],
  [{ code: 'throw hostile;' }],
  [
    {
      code: `throw Object.defineProperty(new Error('why'), 'stack', { get() { throw new Error('no'); } });`,
    },
  ],
  [{ ask: 'history', hist_access_type: 'tail', n: 5 }, { ask: 'comm_info' }],
  [
    {
      code: 'const face = { smile: 7 };',
      user_expressions: { a: 'face.smile + 1', b: 'nobody', c: 'void 0' },
    },
  ],
  [{ ask: 'kernel_info' }],
  ['const text = `a', '/* a', 'call(', 'const text = `a\n\n', '`a`'].map((code) => ({
    ask: 'is_complete',
    code,
  })),
  [{ code: '1', openBefore: 'widget-7' }],
];
let answers: Answer[][];
let comms: Answer['iopub'];

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  await compiled();
  const { status, stdout, stderr } = await run(
    path.join(ROOT, '.venv/bin/python'),
    ['-c', CLIENT, JSON.stringify(groups), path.join(ROOT, 'notebooks')],
    { env: jupyterEnvironment() },
  );
  if (status !== 0) throw new Error(`The kernel did not answer: ${stderr}`);
  [answers, comms] = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as [
    typeof answers,
    typeof comms,
  ];
});

const answer = (group: number, request = 0) => answers[group]?.[request] as Answer;
const types = (group: number, request = 0) => answer(group, request).iopub.map(([type]) => type);

test('a failed cell is told in an error message and in the reply, and nowhere else', () => {
  const error = {
    ename: 'RangeError',
    evalue: 'no face',
    traceback: ['\x1b[1;31mRangeError\x1b[0m: no face', '\x1b[2m  at cell [1], line 1\x1b[0m'],
  };
  const { reply, iopub } = answer(0);
  expect(reply).toMatchObject({ ...error, status: 'error', execution_count: 1 });
  expect(iopub).toEqual([
    ['execute_input', { code: fails, execution_count: 1 }],
    ['error', error],
  ]);
});

test('with stop_on_error false the next request in the queue is run', () => {
  expect(answer(0, 1).reply).toMatchObject({ status: 'ok', execution_count: 2 });
  expect(answer(0, 1).iopub[1]).toEqual(['stream', { name: 'stdout', text: 'the next\n' }]);
});

test('with stop_on_error true the requests in the queue are aborted, and not counted', () => {
  for (const request of [1, 2]) {
    expect(answer(1, request)).toEqual({ reply: { status: 'aborted' }, iopub: [] });
  }
  expect(answer(2).reply).toMatchObject({ status: 'ok', execution_count: 4 });
});

test('a request that comes as soon as an error is answered is run', () => {
  expect(answer(2).iopub[1]).toEqual(['stream', { name: 'stdout', text: 'at once\n' }]);
});

test('a cell that does not compile is told as an error, with its line', () => {
  const evalue = "1:7 - Type 'number' is not assignable to type 'string'.";
  expect(types(3)).toEqual(['execute_input', 'error']);
  expect(answer(3).reply).toMatchObject({ status: 'error', ename: 'TypeScript', evalue });
});

test("a cell's value is its result", () => {
  expect(answer(4).iopub[1]).toEqual([
    'execute_result',
    { data: { 'text/plain': '42' }, execution_count: 6, metadata: {} },
  ]);
});

test('a silent request shows nothing; neither it nor one without history is counted', () => {
  expect(answer(5).reply).toMatchObject({ status: 'error', evalue: 'unseen', execution_count: 6 });
  expect(answer(5).iopub).toEqual([]);
  expect(answer(5, 1).reply).toMatchObject({ status: 'ok', execution_count: 7 });
  expect(answer(6).reply).toMatchObject({ status: 'ok', execution_count: 7 });
});

test.each([7, 8])(
  'Stop ends a cell that is still being type-checked, and what waits behind it',
  (group) => {
    expect(answer(group).reply).toMatchObject({ status: 'error', ename: 'Stopped' });
    for (const { reply } of answers[group]?.slice(1) ?? []) {
      expect(reply).toEqual({ status: 'aborted' });
    }
  },
);

test('of a cell that is no TypeScript nothing is told but that, and what is', () => {
  expect(answer(9).reply['evalue']).toBe(
    "1:14 - '=' expected.\nIn TypeScript an import is import { tf } from 'smile-lab' or import * as tf from '…'.\n1:17 - ';' expected.",
  );
});

test('of several errors thrown as one each is told', () => {
  expect(answer(10).reply['traceback']).toEqual([
    '\x1b[1;31mAggregateError\x1b[0m: All promises were rejected',
    'Cause: Error: one',
    'Cause: 2',
  ]);
});

test('of a function that promises a value it is not said that await is missing', () => {
  expect(answer(11).reply['evalue']).toMatch(/'Promise<number>' is not assignable/);
  expect(answer(11).reply['evalue']).not.toContain('await');
});

test.each([
  ['as its last value', 12, { ename: 'Error', evalue: 'no' }],
  ['thrown', 13, { ename: 'Thrown', evalue: 'it cannot be shown, because that throws Error: no' }],
  ['thrown, an error without a stack', 14, { ename: 'Error', evalue: 'why' }],
])('a cell is answered also with what throws when it is shown, %s', (_, group, told) => {
  expect(answer(group).reply).toMatchObject({ status: 'error', ...told });
  expect(types(group)).toEqual(['execute_input', 'error']);
});

test('what consoles and widgets ask for is answered, with nothing in it', () => {
  expect(answer(15).reply).toEqual({ status: 'ok', history: [] });
  expect(answer(15, 1).reply).toEqual({ status: 'ok', comms: {} });
});

test('the expressions that a client asks for are answered with the cell', () => {
  expect(answer(16).reply['user_expressions']).toEqual({
    a: { status: 'ok', data: { 'text/plain': '8' }, metadata: {} },
    b: expect.objectContaining({
      status: 'error',
      ename: 'TypeScript',
      evalue: expect.stringContaining("Cannot find name 'nobody'"),
    }),
    c: { status: 'ok', data: { 'text/plain': 'undefined' }, metadata: {} },
  });
  expect(types(16)).toEqual(['execute_input']);
});

test('the kernel names the versions that are installed', () => {
  const versionOf = (name: string) =>
    JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
  expect(answer(17).reply).toMatchObject({
    status: 'ok',
    implementation_version: versionOf('tslab'),
    language_info: { name: 'typescript', version: versionOf('@tslab/typescript-for-tslab') },
  });
});

test('a console waits for the end of a text between backticks, a comment and a call', () => {
  expect([0, 1, 2, 3, 4].map((request) => answer(18, request).reply['status'])).toEqual([
    'incomplete',
    'incomplete',
    'incomplete',
    'complete',
    'complete',
  ]);
});

test('a widget is closed at once, without a word in the cell', () => {
  expect(comms).toEqual([['comm_close', { comm_id: 'widget-7', data: {} }]]);
  expect(types(19)).toEqual(['execute_input', 'execute_result']);
});
