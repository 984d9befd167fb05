import { ResponseError } from '@backstage/errors';

/** What a failed request means for the reader. */
export function explainError(error: Error): { title: string; text: string } {
  const status =
    error instanceof ResponseError ? error.response.status : undefined;
  switch (status) {
    case 401:
      return {
        title: 'You are not signed in any more',
        text: 'Reload the page and sign in again.',
      };
    case 403:
      return {
        title: 'You may not see the deployments of services',
        text: 'Ask for the permissions koala.service.read and catalog.entity.read.',
      };
    case 404:
      return {
        title: 'Koala’s backend is not installed',
        text: 'Add @koala-ops/backstage-plugin-koala-backend to the backend of this portal.',
      };
    case undefined:
      return {
        title: 'Koala’s backend does not answer',
        text: 'The portal’s backend may be starting or stopped.',
      };
    default:
      return {
        title: `Koala’s backend answers with an error (${status})`,
        text: 'Its log says more.',
      };
  }
}
