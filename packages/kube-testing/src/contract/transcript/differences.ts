import { Disagreement } from './compareTranscripts';

/** Something in which the sandbox differs from a real server on purpose; docs/sandbox.md lists each with its reason. */
export interface KnownDifference {
  /** The id in the table of docs/sandbox.md. */
  id: string;
  /** Whether it explains what was seen in that case. */
  covers(disagreement: Disagreement, caseName: string): boolean;
}

/** All of them. A run over all cases fails for one that no longer shows. */
export const differences: readonly KnownDifference[] = [
  {
    id: 'build-of-the-server',
    covers: ({ asked, path }) =>
      asked === 'GET /version' &&
      /^body\.(git\w+|goVersion|buildDate|compiler|platform)$/.test(path),
  },
  {
    id: 'kinds-served',
    covers: ({ asked, path }) =>
      /^GET \/(api\/v1|apis)$/.test(asked) &&
      /^body\.(resources|groups|items)$/.test(path),
  },
  {
    id: 'objects-of-the-system',
    covers: ({ asked, path }) =>
      /^GET \/api\/v1\/configmaps\?/.test(asked) &&
      path === 'body.metadata.remainingItemCount',
  },
  {
    id: 'objects-in-bookmarks',
    covers: ({ asked, path, sandbox }) =>
      asked.startsWith('WATCH ') &&
      /^\[\d+\]\.object\.(spec|status)$/.test(path) &&
      sandbox === undefined,
  },
];
