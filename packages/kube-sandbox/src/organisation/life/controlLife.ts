import { ApiClient, ApiConnection, ApiError } from '../../client';
import { configMaps, LIFE_CONTROL, Pace, readPace } from './pace';

/**
 * Changes how life passes in a running organisation; without a change it only says how it does. The
 * connection is that of its first cluster.
 *
 * @throws Error where nothing lives there, or its ConfigMap makes no sense.
 */
export async function controlLife(
  connection: ApiConnection,
  change: Partial<Pace> = {},
): Promise<Pace> {
  const client = ApiClient.create(connection);
  try {
    const data = Object.fromEntries(
      Object.entries(change).map(([key, value]) => [key, String(value)]),
    );
    const configMap = await (Object.keys(data).length > 0
      ? client.patch(configMaps, LIFE_CONTROL, { data })
      : client.get(configMaps, LIFE_CONTROL));
    const pace = readPace(configMap.data ?? {});
    if ('problem' in pace) {
      throw new Error(
        `ConfigMap ${LIFE_CONTROL.namespace}/${LIFE_CONTROL.name}: ${pace.problem}`,
      );
    }
    return pace;
  } catch (error) {
    if (ApiError.is(error, 404)) {
      throw new Error(
        `There is no ConfigMap ${LIFE_CONTROL.namespace}/${LIFE_CONTROL.name}: this sandbox was started without --life.`,
      );
    }
    throw error;
  } finally {
    await client.close();
  }
}
