import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  Matrix,
  MatrixChange,
  Status,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ControlledKoalaApi } from '../../dev/fixtures/ControlledKoalaApi';
import { demoMatrix, largeMatrix } from '../../dev/fixtures/demoMatrix';
import { koalaApiRef } from '../api/KoalaApi';
import { environmentsRouteRef } from '../routes';
import { viewTarget } from '../status/targetView';
import { ServicesPage } from './ServicesPage';

jest.mock('../status/targetView', () => ({
  ...jest.requireActual('../status/targetView'),
  viewTarget: jest.fn(),
}));

beforeEach(() => {
  const actual = jest.requireActual('../status/targetView');
  jest.mocked(viewTarget).mockImplementation(actual.viewTarget);
  // jsdom has no layout, and the virtual rows ask how much room there is.
  jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(900);
  jest.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1300);
});

function show(matrix: Matrix, query = '') {
  const api = new ControlledKoalaApi(matrix);
  renderInTestApp(<ServicesPage />, {
    apis: [[koalaApiRef, api]],
    mountedRoutes: {
      '/koala/environments': environmentsRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef as never,
    },
    initialRouteEntries: [`/${query}`],
  });
  return api;
}

/** cart in prod eu becomes something else. */
function cartChange(status: Status, ready: number): MatrixChange {
  return {
    revision: `demo.${status}${ready}`,
    cells: [
      {
        service: 'component:default/cart',
        environment: 'prod',
        status,
        targets: [
          {
            target: 'eu',
            cluster: 'prod-eu',
            status,
            ready,
            desired: 4,
            release: { version: '2.7.0', source: 'tag', image: 'cart:2.7.0' },
            reason:
              status === 'degraded'
                ? { code: 'CrashLoopBackOff', message: 'it crashes' }
                : undefined,
          },
        ],
      },
    ],
  };
}

/** By its sentence: asking for the name of every cell of a grid takes jsdom seconds. */
const findCell = async (sentence: string | RegExp) =>
  (await screen.findByText(sentence)).closest<HTMLElement>(
    '[role="gridcell"]',
  )!;

const rowNames = () =>
  screen
    .getAllByRole('rowheader')
    .map(header => header.querySelector('a, b')?.textContent);

describe('ServicesPage', () => {
  it('says every cell in one sentence, and leads to its Deployments tab', async () => {
    show(demoMatrix({ now: Date.now() }));
    const cell = await findCell(
      'fraud-scoring in prod eu: degraded, OOMKilled, 0.31.0, 1 of 3 ready',
    );
    expect(within(cell).getByRole('link', { hidden: true })).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scoring/deployments?environment=prod',
    );
    expect(
      screen.getByText('recommendations in prod us: unknown, was not deployed'),
    ).toBeInTheDocument();
  });

  it('says how far a release is behind the environment it comes from', async () => {
    const matrix = demoMatrix({ now: Date.now() });
    const [eu] = matrix.cells.find(
      ({ service, environment }) =>
        service === 'component:default/cart' && environment === 'prod',
    )!.targets;
    eu.behind = { environment: 'staging', by: 2 };
    show(matrix);
    const cell = await findCell(
      /^cart in prod eu: healthy, .*, 2 versions behind staging, /,
    );
    expect(within(cell).getByText('2 behind')).toHaveAttribute(
      'title',
      '2 versions behind staging',
    );
  });

  it('leads from the head of an environment to the environment', async () => {
    show(demoMatrix({ now: Date.now() }));
    expect(await screen.findByText('storefront')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'prod' })).toHaveAttribute(
      'href',
      '/koala/environments/prod',
    );
  });

  it('counts every environment and says what is broken', async () => {
    show(demoMatrix({ now: Date.now() }));
    const strip = await screen.findByRole('region', {
      name: 'Needs attention',
    });
    expect(strip).toHaveTextContent('fraud-scoring in prod eu');
    expect(strip).toHaveTextContent(/Not reachable for [34] min/);
    expect(strip).toHaveTextContent('1 more in dev');
    const dev = screen.getByRole('columnheader', { name: /^dev/ });
    expect(dev).toHaveTextContent('1 degraded1 progressing11 healthy');
    expect(dev).toHaveTextContent('1 suspended');
  });

  it('renders only the cell that changed', async () => {
    const api = show(demoMatrix({ now: Date.now() }));
    await findCell(/cart in prod eu: healthy/);
    await waitFor(() => expect(api.streaming).toBe(true));
    const view = jest.mocked(viewTarget);
    view.mockClear();

    act(() => api.emit(cartChange('progressing', 2)));

    const cell = await findCell(
      'cart in prod eu: progressing, 2.7.0, 2 of 4 ready',
    );
    expect(cell.querySelector('[data-changed]')).not.toBeNull();
    const rendered = new Set(
      view.mock.calls.map(([state]) => JSON.stringify(state)),
    );
    expect(rendered.size).toBe(1);
  });

  it('moves no row while the pointer is over them', async () => {
    const api = show(demoMatrix({ now: Date.now() }), '?problems=first');
    const cart = await findCell(/cart in prod eu/);
    await waitFor(() => expect(api.streaming).toBe(true));
    const before = rowNames();
    const body = cart.closest('[role="rowgroup"]')!;
    // jsdom has no PointerEvent: give the event the type that a mouse has.
    const enter = new MouseEvent('pointerover', { bubbles: true });
    Object.defineProperty(enter, 'pointerType', { value: 'mouse' });
    fireEvent(body, enter);

    act(() => api.emit(cartChange('degraded', 0)));
    await findCell(/cart in prod eu: degraded/);
    expect(rowNames()).toEqual(before);

    fireEvent(body, new MouseEvent('pointerout', { bubbles: true }));
    await waitFor(() => expect(rowNames()).not.toEqual(before));
    const names = rowNames();
    expect(names[names.indexOf('shop') + 1]).toBe('cart');
  });

  it('says when no service matches, and what was probably meant', async () => {
    show(demoMatrix({ now: Date.now() }), '?q=chekout&status=degraded');
    expect(
      await screen.findByText('No service matches “chekout”'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Filters also in use: Status degraded/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'checkout' }));
    expect(await findCell(/checkout in staging/)).toBeInTheDocument();
  });

  it('filters while one types, and takes / as the way there', async () => {
    show(demoMatrix({ now: Date.now() }));
    await screen.findByRole('grid');
    await userEvent.keyboard('/led');
    await waitFor(() => expect(rowNames()).toEqual(['payments', 'ledger']));
    expect(screen.getAllByText('1 service')).toHaveLength(2);
  });

  it('is one tab stop, in which N goes from problem to problem', async () => {
    show(demoMatrix({ now: Date.now() }));
    const grid = await screen.findByRole('grid');
    expect(
      grid.querySelectorAll(
        'a:not([tabindex="-1"]), button:not([tabindex="-1"])',
      ),
    ).toHaveLength(0);
    const active = () =>
      document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    await userEvent.keyboard('n');
    expect(grid).toHaveFocus();
    expect(active()).toHaveTextContent('warehouse-loader in dev');
    await userEvent.keyboard('n');
    expect(active()).toHaveTextContent('fraud-scoring in prod eu');
    await userEvent.keyboard('{ArrowLeft}');
    expect(active()).toHaveTextContent('fraud-scoring in staging');
  });

  it('shows the reason and the next step beside the cell in focus', async () => {
    show(demoMatrix({ now: Date.now() }));
    await screen.findByRole('grid');
    await userEvent.keyboard('nn');
    const popover = await screen.findByRole('tooltip', { hidden: true });
    expect(popover).toHaveTextContent('OOMKilled: container scorer went over');
    expect(popover).toHaveTextContent('Next step: raise the memory limit');
    expect(popover).toHaveTextContent('payments/fraud-scoring:0.31.0');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('tooltip', { hidden: true })).toBeNull(),
    );
  });

  it('draws few rows of a thousand and folds what is healthy', async () => {
    show(largeMatrix({ now: Date.now(), services: 1000 }));
    await screen.findByText('1,000 services');
    const drawn = screen.getAllByRole('row').length;
    expect(drawn).toBeGreaterThan(20);
    expect(drawn).toBeLessThan(60);
    expect(screen.getByText('3 degraded')).toBeInTheDocument();
    expect(screen.getByText('59 systems are folded')).toBeInTheDocument();
  });
});

describe('ServicesPage without a matrix to show', () => {
  it('says how to set it up', async () => {
    show({
      ...demoMatrix({ now: 0 }),
      environments: [],
      services: [],
      cells: [],
      problems: [{ key: 'koala.environments', message: 'is not set' }],
    });
    expect(
      await screen.findByText('Set up your environments'),
    ).toBeInTheDocument();
    expect(screen.getByText(/promotesFrom: dev/)).toHaveTextContent(
      'koala: environments: - name: dev',
    );
  });

  it('asks nobody to configure what is merely hidden', async () => {
    show({
      ...demoMatrix({ now: 0 }),
      environments: [],
      services: [],
      cells: [],
      clusters: [],
      problems: [],
    });
    expect(await screen.findByText('No environment to show')).toBeVisible();
    expect(screen.getByText(/koala\.service\.read/)).toBeVisible();
    expect(screen.queryByText(/promotesFrom/)).not.toBeInTheDocument();
  });

  it('names the key to fix, above what works', async () => {
    show({
      ...demoMatrix({ now: Date.now() }),
      problems: [
        {
          key: 'koala.environments[2].promotesFrom',
          message: 'names “stagging”, which does not exist.',
        },
      ],
    });
    expect(
      await screen.findByText('koala.environments[2].promotesFrom'),
    ).toBeInTheDocument();
    expect(screen.getByRole('grid')).toBeInTheDocument();
  });

  it('says that the backend does not answer, and tries again', async () => {
    const api = new ControlledKoalaApi(demoMatrix({ now: Date.now() }));
    api.failure = new TypeError('Failed to fetch');
    renderInTestApp(<ServicesPage />, { apis: [[koalaApiRef, api]] });
    expect(
      await screen.findByText('Koala’s backend does not answer'),
    ).toBeInTheDocument();
    api.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('grid')).toBeInTheDocument();
  });

  it('says what a cluster refuses, and shows the others', async () => {
    const matrix = demoMatrix({ now: Date.now() });
    show({
      ...matrix,
      clusters: matrix.clusters.map(cluster =>
        cluster.name === 'staging'
          ? {
              ...cluster,
              condition: 'forbidden',
              message: 'Koala may not list deployments (403)',
              nextStep: 'Ask for the role koala-reader.',
            }
          : cluster,
      ),
    });
    expect(
      await screen.findByText('staging: Koala may not list deployments (403)'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Other clusters work. Ask for the role koala-reader.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/cart in dev: healthy/)).toBeInTheDocument();
  });

  it('says which annotation makes a component appear', async () => {
    const matrix = demoMatrix({ now: Date.now(), lost: false });
    show({
      ...matrix,
      cells: matrix.cells.map(cell => ({
        ...cell,
        status: 'not-deployed',
        targets: cell.targets.map(({ target, cluster }) => ({
          target,
          cluster,
          status: 'not-deployed',
        })),
      })),
    });
    expect(
      await screen.findByText('No workloads found for your 14 components'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('backstage.io/kubernetes-id: storefront'),
    ).toBeInTheDocument();
  });
});
