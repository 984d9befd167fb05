import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Request, Response, Router } from 'express';
import { KoalaService } from '../service/KoalaService';
import { EventStream } from '../stream/EventStream';
import { OpenStreams } from '../stream/OpenStreams';
import { readOpenApi } from './readOpenApi';
import { sendMatrix } from './sendMatrix';

export interface RouterOptions {
  service: KoalaService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  streams: OpenStreams;
}

/** Koala's HTTP API, as `openapi.yaml` describes it. */
export function createRouter(options: RouterOptions): Router {
  const { service, httpAuth, logger, streams } = options;
  const router = createValidatedOpenApiRouterFromGeneratedEndpointMap(
    readOpenApi(),
  ) as unknown as Router;
  const requestOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/matrix', async (req, res) => {
    await sendMatrix(await service.matrix(await requestOf(req)), req, res);
  });

  router.get('/environments', async (req, res) => {
    res.json(await service.environments(await requestOf(req)));
  });

  router.get('/environments/:name', async (req, res) => {
    const { name } = req.params;
    res.json(await service.environment({ ...(await requestOf(req)), name }));
  });

  router.get('/clusters', async (req, res) => {
    res.json(await service.clusters(await requestOf(req)));
  });

  router.get('/services/:namespace/:name', async (req, res) => {
    const { namespace, name } = req.params;
    const ref = stringifyEntityRef({ kind: 'component', namespace, name });
    res.json(await service.service({ ...(await requestOf(req)), ref }));
  });

  router.get('/stream', async (req: Request, res: Response) => {
    const { credentials } = await requestOf(req);
    const revision = req.header('last-event-id') ?? req.query.revision;
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    // Opened only once the reader is allowed in: until then a refusal is a status code.
    let stream: EventStream | undefined;
    try {
      await service.stream(
        {
          credentials,
          revision: typeof revision === 'string' ? revision : undefined,
          signal: gone.signal,
        },
        {
          open: () => {
            stream = EventStream.open(res, { endsAt: credentials.expiresAt });
            streams.add(stream);
            stream.signal.addEventListener('abort', () => gone.abort());
          },
          send: event => stream?.send(event),
        },
      );
    } catch (error) {
      if (!stream) throw error;
      logger.debug(`A stream ended: ${error}`);
    }
    stream?.close();
  });

  return router;
}
