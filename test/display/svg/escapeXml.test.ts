import { escapeXml } from '../../../src/display/svg/escapeXml';

test('escapeXml() makes markup harmless, between tags and inside quotes', () => {
  expect(escapeXml(`<img src="x" onerror='y'> & co`)).toBe(
    '&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt; &amp; co',
  );
});

test('escapeXml() leaves other languages and emoji as they are', () => {
  expect(escapeXml('щастя 幸せ 😀 sad → happy\n54 %')).toBe('щастя 幸せ 😀 sad → happy\n54 %');
});

test('escapeXml() replaces what XML cannot hold', () => {
  expect(escapeXml('a\u0000b\u001bc\ud83dd\uffff')).toBe('a�b�c�d�');
});
