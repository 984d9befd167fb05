import { NotAllowedError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { ControlledKoalaApi } from '../../dev/fixtures/ControlledKoalaApi';
import { demoMatrix } from '../../dev/fixtures/demoMatrix';
import { koalaApiRef } from '../api/KoalaApi';
import { environmentsRouteRef, servicesRouteRef } from '../routes';
import { useNarrow } from '../matrix/useNarrow';
import { EnvironmentRoutes } from './EnvironmentRoutes';

jest.mock('../matrix/useNarrow', () => ({ useNarrow: jest.fn() }));

beforeEach(() => {
  jest.mocked(useNarrow).mockReturnValue(false);
  // jsdom has no layout, and the virtual rows ask how much room there is.
  jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
  jest.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1300);
});

function show(
  path = '',
  options: {
    matrix?: Matrix;
    prepare?: (api: ControlledKoalaApi) => void;
  } = {},
) {
  const api = new ControlledKoalaApi(
    options.matrix ?? demoMatrix({ now: Date.now() }),
  );
  options.prepare?.(api);
  renderInTestApp(
    <Routes>
      <Route path="/koala/environments/*" element={<EnvironmentRoutes />} />
    </Routes>,
    {
      apis: [[koalaApiRef, api]],
      mountedRoutes: {
        '/koala/environments': environmentsRouteRef,
        '/koala/services': servicesRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef as never,
      },
      initialRouteEntries: [`/koala/environments${path}`],
    },
  );
  return api;
}

/** Sum of the numbers in what stands before the words of a status. */
const sumOf = (text: string) =>
  [...text.matchAll(/(\d+) (?!workload)[a-z]+/g)].reduce(
    (sum, [, number]) => sum + Number(number),
    0,
  );

describe('the list of environments', () => {
  it('says of each where it runs, and counts that add up', async () => {
    const { matrix } = show();
    const table = await screen.findByRole('table', { name: 'Environments' });
    const prod = within(table).getByRole('row', { name: /^prod/ });
    expect(prod).toHaveTextContent(/production/);
    expect(prod).toHaveTextContent(/prod-eu\s*live/);
    expect(prod).toHaveTextContent(/prod-us\s*Not reachable, [34] min/);
    expect(prod).toHaveTextContent('3 namespaces in each');
    expect(within(prod).getByRole('link', { name: 'staging' })).toHaveAttribute(
      'href',
      '/koala/environments/staging',
    );
    const health = within(prod).getAllByRole('cell').pop()!;
    expect(sumOf(health.textContent!)).toBe(matrix.services.length);
    expect(
      within(table).getByRole('rowheader', { name: /Promotion path/ }),
    ).toHaveTextContent('dev to staging to prod');
    expect(
      within(table).getByRole('rowheader', { name: 'Preview environments' }),
    ).toBeInTheDocument();
  });

  it('keeps its filters in the URL, and says when nothing passes', async () => {
    show('?q=nowhere&tier=preview');
    expect(
      await screen.findByRole('heading', {
        name: 'No environment matches “nowhere”, Tier preview',
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Environments' }),
    ).toBeInTheDocument();
  });

  it('goes from environment to environment by keyboard', async () => {
    show();
    await screen.findByRole('table', { name: 'Environments' });
    await userEvent.keyboard('jj');
    expect(screen.getAllByRole('link', { name: 'staging' })[0]).toHaveFocus();
    await userEvent.keyboard('k');
    expect(screen.getAllByRole('link', { name: 'dev' })[0]).toHaveFocus();
    await userEvent.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
  });

  it('counts again when the live matrix changes', async () => {
    const api = show();
    const table = await screen.findByRole('table', { name: 'Environments' });
    const row = () => within(table).getByRole('row', { name: /^pr-482/ });
    expect(row()).not.toHaveTextContent('suspended');
    await waitFor(() => expect(api.streaming).toBe(true));
    const cell = api.matrix.cells.find(
      ({ environment }) => environment === 'pr-482',
    )!;
    act(() =>
      api.emit({
        revision: 'demo.2',
        cells: [{ ...cell, status: 'suspended' }],
      }),
    );
    await waitFor(() => expect(row()).toHaveTextContent('1 suspended'));
  });

  it('says that the reader may see none', async () => {
    const matrix = demoMatrix({ now: Date.now() });
    show('', {
      matrix: { ...matrix, environments: [], services: [], cells: [] },
    });
    expect(
      await screen.findByRole('heading', { name: 'No environment to show' }),
    ).toBeInTheDocument();
  });

  it('says why it cannot be read, and tries again when asked', async () => {
    const api = show('', {
      prepare: one => {
        one.failure = new NotAllowedError('not allowed');
      },
    });
    expect(await screen.findByText('not allowed')).toBeInTheDocument();
    api.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('table', { name: 'Environments' }),
    ).toBeInTheDocument();
  });
});

describe('one environment', () => {
  it('shows its services in its columns only, and where it stands', async () => {
    show('/prod');
    expect(
      await screen.findByRole('heading', { name: 'prod', level: 2 }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        'fraud-scoring in prod eu: degraded, OOMKilled, 0.31.0, 1 of 3 ready',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^cart in staging/)).not.toBeInTheDocument();
    const clusters = screen.getByRole('region', { name: 'Clusters' });
    expect(clusters).toHaveTextContent('connect ECONNREFUSED');
    expect(
      within(clusters).getAllByRole('list', { name: 'Namespaces' }),
    ).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'staging' })).toHaveAttribute(
      'href',
      '/koala/environments/staging',
    );
    expect(
      screen.getByRole('link', { name: 'All environments' }),
    ).toHaveAttribute('href', '/koala/environments');
  });

  it('says whose an unclaimed workload may be, those first', async () => {
    show('/dev');
    const table = await screen.findByRole('table', {
      name: 'Unclaimed workloads',
    });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(header => header.textContent),
    ).toEqual(['cart-serviceDeployment', 'legacy-importerDeployment']);
    expect(
      within(table).getByText(/says/, { selector: 'div' }),
    ).toHaveTextContent(
      'cart: label app says cart-service, the entity is cart.',
    );
    expect(within(table).getByRole('link', { name: 'cart' })).toHaveAttribute(
      'href',
      '/catalog/default/component/cart/deployments',
    );
  });

  it('changes with the stream', async () => {
    const api = show('/dev');
    await screen.findByText(/^cart in dev: /);
    await waitFor(() => expect(api.streaming).toBe(true));
    const cell = api.matrix.cells.find(
      ({ service, environment }) =>
        service === 'component:default/cart' && environment === 'dev',
    )!;
    act(() =>
      api.emit({
        revision: 'demo.2',
        cells: [
          {
            ...cell,
            targets: [{ ...cell.targets[0], status: 'suspended' }],
          },
        ],
      }),
    );
    expect(
      await screen.findByText(/^cart in dev: suspended/),
    ).toBeInTheDocument();
  });

  it('filters its services by the URL', async () => {
    show('/dev?q=cart');
    await screen.findByText(/^cart in dev: /);
    expect(screen.queryByText(/^checkout in dev: /)).not.toBeInTheDocument();
  });

  it('offers no choice of environments on a narrow screen', async () => {
    jest.mocked(useNarrow).mockReturnValue(true);
    show('/prod');
    expect(
      await screen.findByRole('region', { name: 'prod' }),
    ).toHaveTextContent('Problems first');
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });

  it('leads back where there is no such environment', async () => {
    show('/gone');
    expect(
      await screen.findByRole('heading', {
        name: 'There is no environment gone, or you may not see it',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All environments' }),
    ).toHaveAttribute('href', '/koala/environments');
  });
});
