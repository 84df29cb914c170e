import { openEmojiStyle } from '../../scripts/data/emoji-style';

describe('openEmojiStyle()', () => {
  test('finds a face by its code point', async () => {
    const faceOf = await openEmojiStyle('twemoji');
    const { name, box, body } = faceOf('1FAE4');
    expect(name).toBe('face-with-diagonal-mouth');
    expect(box).toEqual({ width: 36, height: 36 });
    expect(body).toMatch(/^<.*>$/s);
  });

  test('says which code point a style lacks', async () => {
    const faceOf = await openEmojiStyle('twemoji');
    expect(() => faceOf('0041')).toThrow(
      'Cannot draw U+0041 in the style "twemoji": its chars.json must name that code point, and it does not',
    );
  });

  test('finds a face by the names of another style, where its own package has none', async () => {
    const faceOf = await openEmojiStyle('fluent-emoji', 'fluent-emoji-flat');
    expect(faceOf('1F600')).toMatchObject({
      name: 'grinning-face',
      box: { width: 32, height: 32 },
    });
    expect(() => faceOf('0041')).toThrow(
      'Cannot draw U+0041 in the style "fluent-emoji": fluent-emoji-flat\'s chars.json must name that code point',
    );
  });

  test('finds a face by a table of names, where no package has them', async () => {
    const faceOf = await openEmojiStyle('fxemoji', { '1f600': 'grin' });
    expect(faceOf('1F600')).toMatchObject({ name: 'grin', box: { width: 512, height: 512 } });
    expect(() => faceOf('1F970')).toThrow(
      'Cannot draw U+1F970 in the style "fxemoji": its table of names must name that code point',
    );
  });

  test('says which package is missing', async () => {
    await expect(openEmojiStyle('no-such-style')).rejects.toThrow('@iconify-json/no-such-style');
  });
});
