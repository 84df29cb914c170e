import path from 'node:path';
import ts from 'typescript';

/**
 * The types that public signatures mention, that are declared in the same folder and that cannot be imported from it.
 *
 * @param index the file whose exports are public
 * @returns sentences such as "kFold mentions LabelledPicture (listPictures.ts)"
 */
export function missingTypes(index: string): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile.bind(ts.sys)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const folder = path.dirname(path.resolve(index));
  const behindAlias = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exports = checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)!)!)
    .map(behindAlias);
  const found = new Set<string>();

  for (const symbol of exports) {
    for (const declaration of symbol.declarations ?? []) {
      if (isOurs(declaration)) signature(declaration, symbol.name);
    }
  }
  return [...found].sort();

  function isOurs(declaration: ts.Node): boolean {
    return path.resolve(declaration.getSourceFile().fileName).startsWith(folder + path.sep);
  }

  /** Walks what a reader of the declaration needs: no bodies, no initial values, no private members. */
  function signature(node: ts.Node, owner: string): void {
    if (isPrivate(node) || ts.isBlock(node)) return;
    if (ts.isTypeReferenceNode(node)) mention(checker.getSymbolAtLocation(node.typeName), owner);
    if (ts.isTypeQueryNode(node)) inferred(checker.getTypeAtLocation(node.exprName), owner);
    if (ts.isExpressionWithTypeArguments(node)) {
      mention(checker.getSymbolAtLocation(node.expression), owner);
    }
    if (isUnwritten(node)) inferred(checker.getTypeAtLocation(node), owner);
    const value = (node as ts.HasInitializer).initializer as ts.Node | undefined;
    ts.forEachChild(node, (child) => {
      if (child !== value) signature(child, owner);
    });
  }

  function inferred(type: ts.Type, owner: string): void {
    const named = type.aliasSymbol ?? type.getSymbol();
    if (named && named.flags & ts.SymbolFlags.Type) mention(named, owner);
    const parts = type.isUnionOrIntersection()
      ? type.types
      : checker.getTypeArguments(type as ts.TypeReference);
    for (const part of [...parts, ...(type.aliasTypeArguments ?? [])]) inferred(part, owner);
    for (const call of type.getCallSignatures()) {
      inferred(call.getReturnType(), owner);
      for (const given of call.parameters) inferred(checker.getTypeOfSymbol(given), owner);
    }
  }

  function mention(mentioned: ts.Symbol | undefined, owner: string): void {
    const symbol = mentioned && behindAlias(mentioned);
    const declaration = symbol?.declarations?.[0];
    if (!declaration || ts.isTypeParameterDeclaration(declaration)) return;
    if (!isOurs(declaration) || exports.includes(symbol)) return;
    if (ts.isTypeLiteralNode(declaration) || ts.isFunctionTypeNode(declaration)) {
      return signature(declaration, owner); // it has no name
    }
    const file = path.relative(folder, declaration.getSourceFile().fileName);
    found.add(`${owner} mentions ${symbol.name} (${file})`);
  }
}

function isPrivate(node: ts.Node): boolean {
  const isHidden =
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return isHidden === true && !ts.isParameter(node);
}

/** Whether the compiler finds a type that is not written down. */
function isUnwritten(node: ts.Node): boolean {
  const canSay =
    ts.isVariableDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isGetAccessor(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isFunctionDeclaration(node);
  return canSay && node.type === undefined;
}
