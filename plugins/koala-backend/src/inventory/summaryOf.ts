import { ClusterStats } from './ClusterWatcher';

/** A line for the log about how a cluster is followed. */
export function summaryOf(stats: ClusterStats): string {
  const sum = (
    key: 'objects' | 'events' | 'lists' | 'failures' | 'bookmarks',
  ) => stats.reflectors.reduce((total, reflector) => total + reflector[key], 0);
  return [
    `Cluster ${stats.state.name} is ${stats.state.condition}:`,
    `${sum('objects')} objects,`,
    `${sum('events')} events and ${sum('bookmarks')} bookmarks`,
    `after ${sum('lists')} lists in ${stats.reflectors.length} reflectors,`,
    `${sum('failures')} failures,`,
    `${stats.requests} requests and ${stats.bytes} bytes`,
    `over ${stats.connections} connections (${stats.protocol ?? 'none'})`,
  ].join(' ');
}
