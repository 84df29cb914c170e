const fs = require('node:fs');
const path = require('node:path');
const ts = require('@tslab/typescript-for-tslab');
const { dist } = require('../setup/paths');
const { explainHabit } = require('./explain-habit');
const { explainGrammar } = require('./explain-grammar');
const { explainName } = require('./explain-name');
const { renamedExports, renamedFields } = require('./renamed-exports');

/** The compiler's «cannot find», for a value, a namespace, with a guess, in the short form, and of a web page. */
const unknownName = [2304, 2503, 2552, 18004, 2584];

/** An object has no such field, without and with a guess; a literal may not have it. */
const noField = [2339, 2353, 2551];

/** «#comment» outside of a class, without a space behind the mark. */
const privateName = 18016;

/** A module has no such export, without and with a guess. */
const noExport = [2305, 2724];

/**
 * Says what cures a compiler's error that a learner meets often.
 * @param {{ code: number, messageText: string, start?: { line: number, character: number } }} diagnostic
 * @param {string} [wanted] the type of the parameter at whose place it stands
 * @param {string} [cell]
 * @returns {string | undefined}
 */
function explainDiagnostic({ code, messageText, start }, wanted, cell) {
  if (((code >= 1000 && code < 2000) || code === privateName) && start) {
    return explainGrammar(cell?.split('\n')[start.line] ?? '', start.character);
  }
  const [, quoted = ''] = /'(.+?)'/.exec(messageText) ?? [];
  if (noExport.includes(code)) {
    const [, name = ''] = / has no exported member (?:named )?'(.+?)'/.exec(messageText) ?? [];
    if (Object.hasOwn(renamedExports, name)) {
      return `smile-lab calls it ${renamedExports[name]} now.`;
    }
    return undefined;
  }
  const renamed = noField.includes(code) && renamedField(messageText);
  if (renamed) return renamed;
  if (unknownName.includes(code)) {
    return explainName(quoted, { isGuessed: code === 2552, published: publicNames(), cell });
  }
  const habit = explainHabit(code, messageText, cell);
  if (habit) return habit;
  if (isOfPromise(messageText)) {
    return 'A promise stands here, not yet its value: write await in front of the call that gave it.';
  }
  if (
    /^Argument of type '(?:Sequential|LayersModel)' is not .* type '.*Classifier/.test(messageText)
  ) {
    return 'A classifier is wanted here, not its model alone: { model, classNames }, and where files are read its input as well.';
  }
  if (
    /^Argument of type '\w*Dataset\b.*' is not assignable to parameter of type 'Tensor</.test(
      messageText,
    )
  ) {
    return 'A dataset is trained with model.fitDataset(data, { epochs: 10 }) and measured with model.evaluateDataset(data, {}); this here takes tensors.';
  }
  if (
    /^(?:Type|Argument of type) '\[*(?:number|boolean)[\][, \w]*' is not .* type 'Tensor</.test(
      messageText,
    )
  ) {
    return 'A tensor stands here in place of a list or a number: tf.tensor([0, 1, 0, 1]).';
  }
  if (/^Type '\w*Dataset\b.*' (?:must have a '\[Symbol\.|is not an array type)/.test(messageText)) {
    return 'A dataset gives its batches in time: await dataset.forEachAsync((batch) => { … }), or for (const batch of await dataset.toArray()).';
  }
  const [, target] =
    /^Type '(?:string|number\[\])' is not assignable to type '((?:"|(?:readonly )?\[).*)'\.$/.exec(
      messageText,
    ) ?? [];
  if (target) {
    const type = wanted ?? target;
    return `TypeScript keeps of a value in a variable its kind only, any text or any list. Give the variable its type where it is declared: const name: ${type} = …`;
  }
  if (/^Argument of type '\(.*\) => Promise<.*' is not .* 'string \| ScopeFn</.test(messageText)) {
    return 'tf.tidy() takes no async function: await outside of it, or call dispose() on each tensor.';
  }
  return undefined;
}

/**
 * What a field or an option of our types is called now.
 * @param {string} messageText
 * @returns {string | undefined}
 */
function renamedField(messageText) {
  const [, field = '', type = ''] =
    /'(\w+)' does not exist (?:in|on) type '(\w+)/.exec(messageText) ?? [];
  const fields = Object.hasOwn(renamedFields, type) ? renamedFields[type] : {};
  return fields && Object.hasOwn(fields, field)
    ? `${type} calls it ${fields[field]} now.`
    : undefined;
}

/**
 * Whether a promise stands where its value is wanted.
 * @param {string} messageText
 */
function isOfPromise(messageText) {
  if (/ is not assignable to .*?type 'Promise</.test(messageText)) return false;
  return (
    / on type 'Promise</.test(messageText) ||
    /^(?:Argument of type|Type) 'Promise</.test(messageText) ||
    /^Operator .* cannot be applied to types? .*'Promise</.test(messageText) ||
    /^This condition will always .* 'Promise</.test(messageText)
  );
}

/** @type {Set<string> | undefined} */
let names;

/** What can be imported from smile-lab. */
function publicNames() {
  if (names) return names;
  const file = path.join(dist, 'index.d.ts');
  if (!fs.existsSync(file)) return new Set();
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  names = new Set(
    source.statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement) || !statement.exportClause) return [];
      const { exportClause } = statement;
      return ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [];
    }),
  );
  return names;
}

module.exports = { explainDiagnostic };
