/** A connection on its way down. */
export interface Connection {
  from: number;
  to: number;
  /** The lane that it keeps free from its beginning to its end. */
  lane: number;
}

/** Where the rows of a graph stand beside each other. */
export interface Lanes {
  /** The lane of each node, from 0. */
  nodes: number[];
  connections: Connection[];
}

/**
 * Gives each node of a graph, one below the other, a lane in which no connection passes behind it, as tools draw the
 * history of branches.
 *
 * @param froms for each node the indices of those that it comes from, all above it
 * @returns a straight line down lane 0 where nothing branches
 *
 * @example
 * lanesOf([[], [0], [0], [1, 2]]).nodes; // [0, 0, 1, 0]
 */
export function lanesOf(froms: readonly (readonly number[])[]): Lanes {
  const taken: (Connection | undefined)[] = [];
  const connections: Connection[] = [];
  const nodes: number[] = [];
  froms.forEach((_, node) => {
    const arriving = taken.filter((one): one is Connection => one?.to === node);
    const lane = arriving.length > 0 ? Math.min(...arriving.map((one) => one.lane)) : firstFree();
    for (const one of arriving) taken[one.lane] = undefined;
    nodes.push(lane);
    const children = froms.flatMap((from, child) => (from.includes(node) ? [child] : []));
    children.forEach((to, i) => {
      const own = i === 0 ? lane : firstFree();
      const connection = { from: node, to, lane: own };
      taken[own] = connection;
      connections.push(connection);
    });
  });
  return { nodes, connections };

  function firstFree(): number {
    const free = taken.findIndex((one) => one === undefined);
    return free < 0 ? taken.length : free;
  }
}
