import { latestChange } from './stages';
import type { ResolvedVersion } from './openRegistry';

/** As TensorFlow Serving looks for new versions; half of it, since a look is one listing of a small folder. */
const LOOK_EVERY = 500; // ms

/** How a reference is followed. */
export interface WatchOptions {
  /** The version that the caller has already, as `resolve` gave it: it is not handed over again. */
  known?: ResolvedVersion;
  /** Called with the reason when the version that is meant now cannot be used; by default nothing is said. */
  onProblem?: (error: Error) => void;
  /** Milliseconds between two looks; 500 when left out. */
  every?: number;
}

/**
 * Follows a reference: looks whether stages have changed, and if the reference means another version, hands it over once it was
 * checked. What cannot be used is reported once and passed over: whoever serves the version before goes on with it.
 *
 * @param model its folder in the registry
 */
export function watchVersion(
  model: string,
  resolve: () => Promise<ResolvedVersion>,
  onChange: (version: ResolvedVersion) => void | Promise<void>,
  { known, onProblem = () => {}, every = LOOK_EVERY }: WatchOptions,
): { close(): void } {
  let change = -1;
  let problem = '';
  let meant = known && markOf(known);
  let [isLooking, isClosed] = [false, false];
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const latest = await latestChange(model);
      if (latest === change) return;
      change = latest;
      const version = await resolve();
      problem = '';
      if (isClosed || markOf(version) === meant) return;
      await onChange(version);
      meant = markOf(version);
    } catch (error) {
      const { message } = error as Error;
      if (!isClosed && message !== problem) onProblem(error as Error);
      problem = message;
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), every);
  timer.unref();
  void look();
  return {
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

function markOf({ version, hash }: ResolvedVersion): string {
  return `${version} ${hash}`;
}
