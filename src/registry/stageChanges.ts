import type { NumberedStages, Stages } from './stages';

type Change = (now: NumberedStages | undefined) => Omit<Stages, 'time'>;

const EMPTY = { production: null, before: [], archived: [], hashes: {} };

/** A version goes into production; that which was there is archived, and a rollback leads back to it. */
export function promoted(version: number): Change {
  return (now) => {
    const { production, before, archived, hashes } = now ?? EMPTY;
    const isNew = production !== null && production !== version;
    const left = isNew ? [production] : [];
    return {
      action: 'promote',
      version,
      production: version,
      before: [...before, ...left],
      archived: [...archived.filter((each) => each !== version && !left.includes(each)), ...left],
      hashes,
    };
  };
}

/**
 * The version that was in production before goes back there; the present one is archived.
 *
 * @throws {Error} when there was none before
 */
export function rolledBack(cannot: string): Change {
  return (now) => {
    const { production, before, archived, hashes } = now ?? EMPTY;
    const version = before.at(-1);
    if (version === undefined || production === null) {
      throw new Error(`${cannot}: no other version was in production before`);
    }
    return {
      action: 'rollback',
      version,
      production: version,
      before: before.slice(0, -1),
      archived: [...archived.filter((each) => each !== version), production],
      hashes,
    };
  };
}

/**
 * A candidate is not to be chosen any more.
 *
 * @throws {Error} when it is in production
 */
export function archived(cannot: string, version: number): Change {
  return (now) => {
    const { production, before, archived: others, hashes } = now ?? EMPTY;
    if (production === version) {
      throw new Error(
        `${cannot}: it is in production; promote another version, or roll back, and it is archived`,
      );
    }
    return {
      action: 'archive',
      version,
      production,
      before,
      archived: [...others.filter((each) => each !== version), version],
      hashes,
    };
  };
}
