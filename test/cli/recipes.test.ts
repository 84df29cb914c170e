import { recipeNames } from '../../src/cli/recipes';
import { smileLab } from '../support/children';

test('train offers every recipe, and takes the first when none is named', async () => {
  const { status, stdout } = await smileLab(['train', '--help']);
  expect(status).toBe(0);
  const choices = recipeNames.map((name) => `"${name}"`).join(', ');
  // Help is wrapped to the width of the terminal.
  expect(stdout.replace(/\s+/g, ' ')).toContain(`(choices: ${choices}, default: "happy-or-sad")`);
});
