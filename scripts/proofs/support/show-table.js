/**
 * Prints rows of equal columns, as wide as they need.
 * @param {string[]} head
 * @param {Array<Array<string | number>>} rows
 */
function showTable(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  console.log('');
  for (const line of lines) {
    console.log(
      line
        .map((value, column) => value.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

module.exports = { showTable };
