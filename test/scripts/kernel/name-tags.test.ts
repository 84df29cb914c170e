import ts from 'typescript';
import { nameTags } from '../../../scripts/kernel/name-tags';

const part = (text: string, kind = 'text') => ({ kind, text });
const info = (documentation: object[], tags: object[]) =>
  ({ documentation, tags }) as unknown as ts.QuickInfo;
const read = (named: ts.QuickInfo) => ({
  documentation: ts.displayPartsToString(named.documentation),
  tags: named.tags?.map(({ text }) => ts.displayPartsToString(text)),
});

test("nameTags() puts each tag's name before its text, but for @param, which tslab names", () => {
  const tags = [
    { name: 'param', text: [part('size', 'parameterName'), part(' '), part('in pixels')] },
    { name: 'returns', text: [part('a batch')] },
    { name: 'throws', text: [part('Error')] },
    { name: 'example', text: [part('f(1);')] },
  ];
  expect(read(nameTags(info([], tags))).tags).toEqual([
    'size in pixels',
    '@returns a batch',
    '@throws Error',
    '@example\nf(1);',
  ]);
});

test("nameTags() leaves out @doc, which only tfjs's website reads", () => {
  expect(read(nameTags(info([], [{ name: 'doc', text: [part('{heading}')] }]))).tags).toEqual([]);
});

test('nameTags() writes of a link its name', () => {
  const link = [part('{@link ', 'link'), part('drawPictures', 'linkName'), part('}', 'link')];
  expect(read(nameTags(info([part('as in '), ...link], []))).documentation).toBe(
    'as in drawPictures',
  );
});
