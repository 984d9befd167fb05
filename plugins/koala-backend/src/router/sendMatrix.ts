import { Request, Response } from 'express';
import { SerialisedMatrix } from '../service/KoalaService';

/**
 * Sends a serialised matrix: 304 where the reader has it already, compressed where the reader takes that.
 * The buffer is compressed once for all readers, so the root router's own compression is told to leave it.
 */
export async function sendMatrix(
  matrix: SerialisedMatrix,
  req: Request,
  res: Response,
): Promise<void> {
  res.set({
    ETag: matrix.etag,
    'Cache-Control': 'private, no-cache, no-transform',
    'Content-Type': 'application/json; charset=utf-8',
  });
  res.vary('Accept-Encoding');
  res.vary('Authorization');
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const compressed = req.acceptsEncodings('gzip') === 'gzip';
  if (compressed) res.set('Content-Encoding', 'gzip');
  const body = compressed ? await matrix.gzip() : matrix.json;
  res.set('Content-Length', String(body.length));
  res.end(body);
}
