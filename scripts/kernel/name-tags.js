/**
 * @typedef {import('typescript').QuickInfo} QuickInfo
 * @typedef {import('typescript').SymbolDisplayPart} Part
 */

/**
 * Puts the names of a doc comment's tags before their texts: tslab 1.0.22 leaves out all but `@param`, so that what a
 * function returns and what it throws stand there without a word of what they are. Links are reduced to their names.
 * @param {QuickInfo} info what the compiler knows of a symbol
 * @returns {QuickInfo}
 */
function nameTags(info) {
  return {
    ...info,
    documentation: withoutLinks(info.documentation),
    // `@doc` is what tfjs's website needs to know.
    tags: info.tags
      ?.filter(({ name }) => name !== 'doc')
      .map(({ name, text = [] }) => {
        const parts = withoutLinks(text);
        const label = { kind: 'text', text: name === 'example' ? '@example\n' : `@${name} ` };
        return { name, text: name === 'param' ? parts : [label, ...parts] };
      }),
  };
}

/** @param {Part[] | undefined} parts */
function withoutLinks(parts = []) {
  return parts
    .filter(({ kind }) => kind !== 'link')
    .map((part) => (part.kind === 'linkText' ? { ...part, text: part.text.trim() } : part));
}

module.exports = { nameTags };
