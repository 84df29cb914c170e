import { nativeImport } from '../../src/files/nativeImport';

test('nativeImport() loads an ES module in jest', async () => {
  const { create } = await nativeImport<{ create: unknown }>('webgpu');
  expect(create).toEqual(expect.any(Function));
});

test('nativeImport() names a package that is not installed', async () => {
  await expect(nativeImport('no-such-package')).rejects.toThrow("'no-such-package'");
});
