import { PickledCall, unpickle } from '../../../src/models/pretrained/pickle';

const read = (hex: string, allowed: string[] = []) =>
  unpickle(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, allowed);

// Each is what `pickle.dumps(…, 2).hex()` of Python 3.11 gives.
describe('unpickle()', () => {
  test('reads numbers, texts, lists, tuples and dictionaries', () => {
    // [1, -2, 70000, 0.5, 'é', None, True, (1, 2, 3), {'a': [False]}]
    const bytes =
      '80025d7100284b014afeffffff4a70110100473fe00000000000005802000000c3a971014e884b014b024b038771027d710358010000006171045d7105896173652e';
    expect(read(bytes)).toEqual({
      value: [1, -2, 70000, 0.5, 'é', null, true, [1, 2, 3], new Map([['a', [false]]])],
      end: bytes.length / 2,
    });
  });

  test('reads a whole number of many digits', () => {
    // -2**70
    expect(read('80028a090000000000000000c02e').value).toBe(-(2n ** 70n));
  });

  test('makes a note of a call whose name is allowed, and calls nothing', () => {
    // complex(1, 2)
    const bytes =
      '8002635f5f6275696c74696e5f5f0a636f6d706c65780a7100473ff00000000000004740000000000000008671015271022e';
    const { value } = read(bytes, ['__builtin__ complex']);
    expect(value).toEqual(new PickledCall('__builtin__ complex', [1, 2]));
  });

  test.each([
    // print
    [
      'a name that is not allowed',
      '8002635f5f6275696c74696e5f5f0a7072696e740a71002e',
      'it names __builtin__ print, which is not read here',
    ],
    // pickle.dumps([1], 4)
    [
      'a later protocol',
      '80049506000000000000005d944b01612e',
      'it needs the operation 0x95, which is not known here',
    ],
    ['a text that is cut off', '80025802000000c3', 'it ends in the middle'],
    ['nothing at all', '', 'it ends in the middle'],
    ['a value that was never kept', '800268072e', 'it asks for its value 7, which it has not kept'],
    ['a tuple without a beginning', '8002742e', 'it takes more from its stack than lies there'],
    [
      'an entry for what is no dictionary',
      '80024b014b024b03732e',
      'it puts an entry into what is no dictionary',
    ],
    ['an item for what is no list', '80024b014b02612e', 'it appends to what is no list'],
    ['a call of a number', '80024b0129522e', 'it calls what is no name'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => read(bytes)).toThrow(new Error(reason));
  });
});
