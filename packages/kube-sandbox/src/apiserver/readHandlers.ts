import { checkForm, encodeList } from '../rest/encode';
import { listObjects } from '../rest/list';
import { parseListOptions, parseResourceVersion } from '../rest/listOptions';
import { parseSelection } from '../rest/Selection';
import { scaleOf } from '../rest/subresources';
import { notAcceptable, tooLargeResourceVersion } from '../status/errors';
import { ResourceRequest } from './ResourceRequest';
import { streamWatch } from './streamWatch';

/** GET of one object or of its `status` or `scale`. */
export async function handleGet(request: ResourceRequest): Promise<void> {
  const version = request.exchange.query.get('resourceVersion');
  if (version) {
    const asked = parseResourceVersion(version);
    if (asked > request.cluster.store.revision) {
      throw tooLargeResourceVersion(asked, request.cluster.store.revision);
    }
  }
  const object = request.existing();
  if (request.subresource === 'scale') {
    await request.sendScale(scaleOf(object));
  } else {
    await request.sendResource(200, object);
  }
}

/** GET of a collection: a list or a watch. */
export async function handleList(request: ResourceRequest): Promise<void> {
  const { cluster, type, namespace, exchange, encoding } = request;
  const options = parseListOptions(exchange.query);
  const selection = parseSelection({
    cluster,
    type,
    namespace,
    query: exchange.query,
  });
  if (options.watch) {
    if (encoding.form.format !== 'json') {
      throw notAcceptable(
        'only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
      );
    }
    streamWatch({ request, selection, options });
    return;
  }
  checkForm(encoding, 'list');
  const list = listObjects({ cluster, type, selection, options });
  await exchange.sendObject(
    200,
    encodeList(encoding, list),
    encoding.form.format,
  );
}
