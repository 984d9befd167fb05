import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ControlledKoalaApi } from '../../dev/fixtures/ControlledKoalaApi';
import { demoMatrix } from '../../dev/fixtures/demoMatrix';
import { koalaApiRef } from '../api/KoalaApi';
import { DeploymentsTab } from './DeploymentsTab';

function show(name: string, prepare?: (api: ControlledKoalaApi) => void) {
  const api = new ControlledKoalaApi(demoMatrix({ now: Date.now() }));
  prepare?.(api);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
  };
  renderInTestApp(
    <EntityProvider entity={entity}>
      <DeploymentsTab />
    </EntityProvider>,
    { apis: [[koalaApiRef, api]] },
  );
  return api;
}

describe('DeploymentsTab', () => {
  it('opens at the problem, with the reason and the next step', async () => {
    show('checkout');
    expect(
      await screen.findByText(/tag 1.4.9 not found in registry/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Next step: push the missing tag/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: /staging/, pressed: true }),
    ).toBeInTheDocument();
    const tree = screen.getByRole('table', { name: 'Objects in staging' });
    expect(within(tree).getAllByText('Degraded')).toHaveLength(2);
    expect(within(tree).getByText('ImagePullBackOff')).toBeInTheDocument();
    expect(screen.getByText('matched by kubernetes-id')).toBeInTheDocument();
  });

  it('compares environments side by side', async () => {
    show('checkout');
    const table = await screen.findByRole('table', { name: 'Environments' });
    const cells = within(
      within(table).getByRole('row', { name: /^Release/ }),
    ).getAllByRole('cell');
    expect(cells.map(cell => cell.textContent?.split('deployed')[0])).toEqual([
      '1.5.0-rc.1',
      '1.4.9',
      '1.4.8',
      'pr-482-a91c77e',
    ]);
    expect(
      within(table).getByRole('columnheader', { name: /prod/ }),
    ).toHaveTextContent('Healthy in euus unknown');
  });

  it('shows each target of the environment that is chosen', async () => {
    show('cart');
    await userEvent.click(await screen.findByRole('button', { name: /^prod/ }));
    expect(screen.getByRole('region', { name: 'prod eu' })).toBeInTheDocument();
    const us = screen.getByRole('region', { name: 'prod us' });
    expect(us).toHaveTextContent(/Not reachable, as seen [34] min ago/);
    await userEvent.click(screen.getByRole('button', { name: /^pr-482/ }));
    expect(
      screen.getByText(/Not deployed: no workload in shop-pr-482/),
    ).toBeInTheDocument();
  });

  it('reads again when the live matrix says that the service changed', async () => {
    const api = show('cart');
    await screen.findByRole('table', { name: 'Environments' });
    await waitFor(() => expect(api.streaming).toBe(true));
    await waitFor(() => expect(api.asked.length).toBeGreaterThan(0));
    const cell = api.matrix.cells.find(
      c => c.service === 'component:default/cart' && c.environment === 'dev',
    )!;
    act(() =>
      api.emit({
        revision: 'demo.2',
        cells: [
          {
            ...cell,
            status: 'healthy',
            targets: [
              {
                ...cell.targets[0],
                release: { ...cell.targets[0].release!, version: '9.9.9' },
              },
            ],
          },
        ],
      }),
    );
    expect((await screen.findAllByText('9.9.9')).length).toBeGreaterThan(0);
  });

  it('says when Koala does not know the component', async () => {
    show('cart', api => {
      api.failure = new NotFoundError('no such service');
    });
    expect(await screen.findByText('no such service')).toBeInTheDocument();
  });
});
