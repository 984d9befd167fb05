import { median } from '../statistics/percentile';
import { PageRequest } from './Subject';
import { Viewer } from './Viewer';

/** Size of an answer's body, in bytes: the median of the pages that were looked at. */
export interface PageBytes {
  plain: number;
  gzip: number;
}

export async function pageBytes(options: {
  viewer: Viewer;
  pages: readonly PageRequest[];
}): Promise<PageBytes> {
  const { viewer, pages } = options;
  const plain: number[] = [];
  const gzip: number[] = [];
  for (const page of pages) {
    plain.push((await viewer.view(page, 'identity')).bytes);
    gzip.push((await viewer.view(page, 'gzip')).bytes);
  }
  return { plain: median(plain), gzip: median(gzip) };
}
