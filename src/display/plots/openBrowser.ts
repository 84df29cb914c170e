import { spawn } from 'node:child_process';

/**
 * Opens an address in the person's browser where there is a desktop; elsewhere, and where it fails, nothing happens.
 *
 * @param address is printed as well, by whoever calls this
 * @returns whether it was tried
 */
export function openBrowser(address: string): boolean {
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  spawn('xdg-open', [address], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
  return true;
}
